"""The types of events, by the names that receivers know them by."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

PAGE_PUBLISHED = "page.published"
PAGE_UNPUBLISHED = "page.unpublished"
PAGE_MOVED = "page.moved"
PAGE_DELETED = "page.deleted"
SNIPPET_PUBLISHED = "snippet.published"
SNIPPET_UNPUBLISHED = "snippet.unpublished"
SNIPPET_DELETED = "snippet.deleted"
#: Sent to one webhook when somebody asks for it; no one subscribes to it.
TEST = "webhook.test"

#: What an editor reads beside each; content apps add theirs (`periods.py`).
TYPES: dict[str, Any] = {
    PAGE_PUBLISHED: _("a page was published, or published again"),
    PAGE_UNPUBLISHED: _("readers no longer see a page"),
    PAGE_MOVED: _("a page has another address"),
    PAGE_DELETED: _("a public page was deleted"),
    SNIPPET_PUBLISHED: _("content without an address was published: a poll, a category, a legal document"),
    SNIPPET_UNPUBLISHED: _("readers no longer see such content"),
    SNIPPET_DELETED: _("such content was deleted"),
}


def register_type(name: str, label: Any) -> None:
    """Add a type of events."""
    TYPES[name] = label
