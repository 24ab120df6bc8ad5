"""Previews in the admin open at a frontend, with a token for the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class PreviewableContent:
    """For pages, previewable snippets and settings: Wagtail asks these methods for a preview.

    Models of all apps stand on this mixin: what needs the apps loaded is imported when it is called.
    """

    @property
    def preview_modes(self) -> Sequence[tuple[str, Any]]:
        """A mode for each frontend."""
        from cms.preview.frontends import preview_modes

        return preview_modes()

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Wagtail's; the request that it makes up for `serve_preview` says which revision or form is looked at."""
        attributes = {"preview_form": "", **(extra_request_attrs or {})}
        if original_request is not None:
            asked = original_request.resolver_match.kwargs if original_request.resolver_match else {}
            attributes.setdefault("revision_id", asked.get("revision_id"))
            attributes["preview_form"] = original_request.GET.get("form", "")[:64]
        if not attributes.get("revision_id") and not attributes.get("is_editing"):
            attributes["revision_id"] = getattr(self, "latest_revision_id", None)
        return super().make_preview_request(original_request, preview_mode, attributes)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Keep the draft and send the editor to the frontend's preview address, our own where there is no frontend."""
        from cms.preview.drafts import Login, keep_draft
        from cms.preview.frontends import preview_address

        token = keep_draft(
            self,
            Login(request.user, request.session.session_key),
            revision_id=getattr(request, "revision_id", None),
            form=getattr(request, "preview_form", ""),
        )
        in_panel = getattr(request, "in_preview_panel", False)
        response = redirect(preview_address(token, self._meta.label, mode=mode_name or "", in_panel=in_panel))
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response
