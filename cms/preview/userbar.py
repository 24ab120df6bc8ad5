"""Wagtail's userbar, for a preview at a frontend: it keeps the panel's scroll position and checks the page.

The token of the preview says who looks; no cookie is needed, so that frontends of any site can ask (docs/previews.md).
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.admin.userbar import ContentCheckerItem, Userbar

from cms.graphql.schema.errors import BadInput
from cms.operations.client_ip import client_ip
from cms.operations.rate_limiter import rate_limiter
from cms.preview.drafts import Opened, opened
from cms.preview.frontends import origins


class FrontendCheckerItem(ContentCheckerItem):
    """Wagtail's checks, which may pass between the admin's window and the frontends' within it."""

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        own = f"{request.scheme}://{request.get_host()}"
        return {
            **super().get_axe_spec(request),
            "allowedOrigins": list(dict.fromkeys(["<same_origin>", own, *origins()])),
        }


def check_at_frontends(request: HttpRequest, items: list[Any], page: Any) -> None:
    """For Wagtail's hook: our checks in place of its own."""
    items[:] = [
        FrontendCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


@require_safe
def userbar(request: HttpRequest) -> HttpResponse:
    """The userbar for the preview that `contentType` and `token` open; 204 where they open none, or it was shared."""
    quota = rate_limiter.consume("preview", client_ip(request.META))
    if quota is not None and quota.is_exceeded:
        return _answer(HttpResponse(status=429, headers=quota.headers))
    found = _opened(request)
    if found is None or found.editor is None:
        return _answer(HttpResponse(status=204))
    request.user = found.editor
    request.is_preview = True
    request.is_editing = found.revision_id is None
    request.in_preview_panel = request.GET.get("in_preview_panel") == "true"
    return _answer(HttpResponse(Userbar(object=found.draft).render_html({"request": request})))


def _opened(request: HttpRequest) -> Opened | None:
    try:
        return opened(request.GET.get("token", ""), Model, content_type=request.GET.get("contentType", ""))
    except BadInput:
        return None


def _answer(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
