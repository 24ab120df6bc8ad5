"""What browsers are told to do with an answer, beyond what Django tells them.

Django 6 brings a Content-Security-Policy of its own; it is one for all pages, and ours differ by path.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Who may frame a page, by its X-Frame-Options.
FRAMED_BY = {"DENY": "'none'", "SAMEORIGIN": "'self'"}


class BrowserHeadersMiddleware:
    """Content-Security-Policy, Cross-Origin-Resource-Policy and Permissions-Policy of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        shared = request.path_info.startswith(settings.CMS_SHARED_PATHS)
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
        response["Permissions-Policy"] = settings.CMS_PERMISSIONS_POLICY
        if _is_page(response):
            framed_by = FRAMED_BY.get(response.get("X-Frame-Options", "DENY"), "'none'")
            directives = {**_directives(request, response), "frame-ancestors": [framed_by]}
            response["Content-Security-Policy"] = "; ".join(
                " ".join([name, *sources]) for name, sources in directives.items()
            )
        return response


def _is_page(response: HttpResponse) -> bool:
    # What a browser has, it has with the policy that came with it.
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return False
    # Django's pages for developers hold their styles and scripts themselves.
    return not settings.DEBUG or response.status_code not in {
        HTTPStatus.NOT_FOUND,
        HTTPStatus.INTERNAL_SERVER_ERROR,
    }


def _directives(request: HttpRequest, response: HttpResponse) -> dict[str, list[str]]:
    if response.streaming:
        is_pdf = response.get("Content-Type") == "application/pdf"
        return settings.CMS_PDF_SECURITY if is_pdf else settings.CMS_FILE_SECURITY
    parts = settings.CMS_CONTENT_SECURITY
    return next(parts[part] for part in parts if request.path_info.startswith(part))
