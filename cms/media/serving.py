"""Files as readers get them: only those they may read, and none that a browser would run."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import CollectionViewRestriction
from wagtail.permissions import policy_registry

from cms.media.addresses import PRIVATE

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


def serve_private_picture(request: HttpRequest, name: str) -> FileResponse:
    """The file of a picture of a private collection, or of a rendition of one.

    For who may choose the picture in the admin, and for whom its collection is open; 404 for all others.
    """
    passed = CollectionViewRestriction.passed_view_restrictions_session_key
    # Whom nothing can be open to learns nothing by how long it takes, either.
    if not request.user.is_authenticated and not request.session.get(passed):
        raise Http404
    images = get_image_model()
    found = next(
        (
            row
            for model in (images, images.get_rendition_model())
            for row in model._default_manager.filter(file=f"{PRIVATE}{name}")
        ),
        None,
    )
    if found is None or not _may_see(request, found if isinstance(found, images) else found.image):
        raise Http404
    try:
        response = FileResponse(found.file.open("rb"))
    except FileNotFoundError as error:
        raise Http404 from error
    add_never_cache_headers(response)
    return response


def _may_see(request: HttpRequest, image: AbstractImage) -> bool:
    policy = policy_registry.get_by_type(type(image))
    if policy.user_has_any_permission_for_instance(request.user, ["choose", "change", "delete"], image):
        return True
    return all(each.accept_request(request) for each in image.collection.get_view_restrictions())
