"""The types of events, by the names that receivers know them by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PAGE_PUBLISHED = "page.published"
PAGE_UNPUBLISHED = "page.unpublished"
PAGE_MOVED = "page.moved"
PAGE_DELETED = "page.deleted"
#: Sent to one webhook when somebody asks for it; no one subscribes to it.
TEST = "webhook.test"

#: What an editor reads beside each; content apps add theirs (`periods.py`). Those of what has no address begin with its
#: kind (`objects.py`).
TYPES: dict[str, Any] = {
    PAGE_PUBLISHED: _("a page was published, or published again"),
    PAGE_UNPUBLISHED: _("readers no longer see a page"),
    PAGE_MOVED: _("a page has another address"),
    PAGE_DELETED: _("a public page was deleted"),
    "snippet.published": _("content without an address was published: a poll, a category, a legal document"),
    "snippet.unpublished": _("readers no longer see such content"),
    "snippet.deleted": _("such content was deleted"),
    "settings.published": _("settings of a site were published, menus among them"),
    "file.published": _("a picture or a document was added or changed, or became public"),
    "file.unpublished": _(
        "readers no longer get a picture or a document: it is in a closed collection, or in the trash"
    ),
    "file.deleted": _("a public picture or document was deleted"),
}


def register_type(name: str, label: Any) -> None:
    """Add a type of events."""
    TYPES[name] = label
