"""What the desk's lists show of a page or snippet. The number of statements does not depend on how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision

#: Lines of a list on the first page.
MOST_LINES = 8


@dataclass(frozen=True)
class Line:
    """A page or snippet in a list, with who did something about it and when; `quote` is what they wrote.

    `url` is empty where the person may not edit it.
    """

    title: str
    url: str
    kind: str
    at: datetime
    note: str = ""
    who: Any = None
    quote: str = ""


class LineMaker:
    """Makes lines of what somebody may edit."""

    def __init__(self, user: Any) -> None:
        self.finder = AdminURLFinder(user)

    def line(self, content: Any, at: datetime, **values: Any) -> Line | None:
        """The line of a page or snippet; None of what there is no more, and of what they may not edit."""
        url = self.finder.get_edit_url(content) if content is not None else None
        return Line(title_of(content), url, kind_of(content), at, **values) if url else None


def lines(found: Iterable[Line | None]) -> list[Line]:
    """Those that there are."""
    return [line for line in found if line]


def title_of(content: Any) -> str:
    """The title of the newest draft; of a snippet, `latest_revision` has been loaded with it."""
    if isinstance(content, Page):
        return content.draft_title or content.title
    newest: Revision | None = getattr(content, "latest_revision", None)
    return newest.object_str if newest else str(content)


def kind_of(content: Any) -> str:
    """What it is, in the reader's language."""
    if isinstance(content, Page):
        return str(content.page_type_display_name)
    return str(capfirst(content._meta.verbose_name))
