"""Previews in the admin open at the frontend, with a token for the draft."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class PreviewableContent:
    """For pages and previewable snippets: Wagtail asks these methods for a preview."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Keep the draft and send the editor to the frontend's preview address, our own where there is no frontend."""
        # Models of all apps stand on this mixin; the drafts' own model can be imported only when they are loaded.
        from cms.preview.drafts import keep_draft

        token = keep_draft(self, request.user)
        address = preview_address(token, self._meta.label)
        response = redirect(address)
        response["Cache-Control"] = "no-store"
        return response


def preview_address(token: str, content_type: str) -> str:
    """Where a draft is shown: FRONTEND_URL/preview/, or the CMS's plain view of it."""
    query: dict[str, Any] = {"contentType": content_type, "token": token}
    if settings.FRONTEND_URL.rstrip("/") == settings.SITE_URL.rstrip("/"):
        return f"{reverse('preview')}?{urlencode(query)}"
    return f"{settings.FRONTEND_URL.rstrip('/')}/preview/?{urlencode(query)}"
