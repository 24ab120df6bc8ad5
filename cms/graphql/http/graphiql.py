"""GraphiQL, from our own static files, where the setting GRAPHIQL has it."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def graphiql(request: HttpRequest) -> HttpResponse:
    """The page in which developers try requests."""
    if not settings.CMS_GRAPHIQL:
        raise Http404
    return render(request, "graphql/graphiql.html")
