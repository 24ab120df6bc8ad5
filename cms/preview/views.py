"""A plain view of a draft, for installations without a frontend: it knows nothing but the GraphQL endpoint."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin


@xframe_options_sameorigin
def preview(request: HttpRequest) -> HttpResponse:
    """Show the draft that the token in the address opens."""
    response = render(request, "preview/preview.html")
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
