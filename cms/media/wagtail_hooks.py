"""What the first page of the admin tells about pictures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.desk.checks import ContentCheck
from cms.media.alt_text import without_alt_text
from cms.media.models import Image
from cms.media.pending import PendingPicturesPanel, PendingPicturesView


@hooks.register("register_content_checks")
def picture_checks() -> list[ContentCheck]:
    return [
        ContentCheck(
            "pictures-no-alt-text",
            _("pictures without alternative text"),
            lambda: without_alt_text(Image.objects.all()),
        )
    ]


@hooks.register("register_admin_urls")
def pending_address() -> list[URLPattern]:
    return [path("images/pending/", PendingPicturesView.as_view(), name="pending_pictures")]


@hooks.register("construct_homepage_panels")
def tell_of_pending_pictures(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(PendingPicturesPanel())
