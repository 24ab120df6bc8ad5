"""Where readers see the content: at one frontend or several, each by a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin, Site

#: Names of frontends that editors are told in words; others they see as the setting has them.
LABELS = {"web": _("Web"), "mobile": _("Mobile web"), "staging": _("Staging")}


def frontends() -> dict[str, str]:
    """Addresses by names, the one that readers are sent to first; one without a name where FRONTENDS is not set."""
    return settings.CMS_FRONTENDS or {"": settings.FRONTEND_URL}


def has_frontend() -> bool:
    """Whether readers see the content anywhere but at the CMS's own address."""
    return settings.FRONTEND_URL.rstrip("/") != settings.SITE_URL.rstrip("/")


def origins() -> list[str]:
    """The origins of all frontends."""
    parts = [urlsplit(url.lower()) for url in frontends().values()]
    return list(dict.fromkeys(f"{each.scheme}://{each.netloc}" for each in parts))


def preview_modes() -> Sequence[tuple[str, Any]]:
    """What an editor may choose from, for Wagtail: a frontend each, where there are several."""
    names = list(frontends())
    if len(names) == 1:
        return PreviewableMixin.DEFAULT_PREVIEW_MODES
    return [(name, LABELS.get(name, name)) for name in names]


def preview_address(token: str, content_type: str, *, mode: str = "", in_panel: bool = False) -> str:
    """Where a draft is shown: a frontend's /preview/, or the CMS's plain view of it where there is no frontend."""
    query = {"contentType": content_type, "token": token} | ({"inPanel": "true"} if in_panel else {})
    if not has_frontend():
        return f"{reverse('preview')}?{urlencode(query)}"
    root = frontends().get(mode, settings.FRONTEND_URL)
    return f"{root.rstrip('/')}/preview/?{urlencode(query)}"


def live_root(site_id: int, root_url: str, sites: set[int]) -> str:
    """Where a site's pages are seen: the default site's at the first frontend, another's at its own address."""
    if not has_frontend():
        return root_url
    if len(sites) > 1 and not Site.objects.filter(pk=site_id, is_default_site=True).exists():
        return root_url
    return settings.FRONTEND_URL.rstrip("/")
