"""What the desk's lists show of a page or snippet. The number of statements does not depend on how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

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


def lines(user: Any, found: Iterable[tuple[Any, dict[str, Any]]]) -> list[Line]:
    """A line for each page or snippet that somebody may edit, with what else is said of it; None is passed over."""
    there = [(content, values) for content, values in found if content is not None]
    url_of = edit_urls(user, [content for content, _values in there])
    return [
        Line(title=title_of(content), url=url, kind=kind_of(content), **values)
        for content, values in there
        if (url := url_of(content))
    ]


def edit_urls(user: Any, contents: Iterable[Any]) -> Callable[[Any], str]:
    """What gives the address of the form of each of these; empty where somebody may not edit it.

    For pages Wagtail's finder asks the database one by one.
    """
    pages = [content.pk for content in contents if isinstance(content, Page)]
    changeable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    allowed = set(changeable.filter(pk__in=pages).values_list("pk", flat=True)) if pages else set()
    finder = AdminURLFinder(user)

    def url_of(content: Any) -> str:
        if isinstance(content, Page):
            return reverse("wagtailadmin_pages:edit", args=[content.pk]) if content.pk in allowed else ""
        return finder.get_edit_url(content) or ""

    return url_of


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
