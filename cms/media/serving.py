"""Documents as readers get them: only those they may read, and none that a browser would run."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction

PASSWORD = CollectionViewRestriction.PASSWORD


def serve_document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document, as Wagtail serves it: PDF within the browser, all else to be saved, never sniffed.

    404 for who may not read its collection, as for a file that is not there; who could read it with a password is
    asked for it, with status 403.
    """
    document = get_object_or_404(get_document_model().objects.select_related("collection"), pk=document_id)
    restrictions = list(document.collection.get_view_restrictions())
    missing = {each.restriction_type for each in restrictions if not each.accept_request(request)}
    if missing - {PASSWORD}:
        raise Http404
    response = serve(request, document_id, filename)
    if missing:
        response.status_code = 403
    if restrictions:
        add_never_cache_headers(response)
    return response
