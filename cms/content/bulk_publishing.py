"""The bulk action that publishes pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from cms.content.publishing import reason_of


class PublishWhatIsComplete(PublishBulkAction):
    """As Wagtail's, which answers 500 and publishes nothing where one page is incomplete (8.0.1).

    What is complete is published; a message names the others and what each lacks.
    """

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)
        self.refused: list[tuple[str, str]] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: Sequence[Page],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[tuple[str, str]] | None = None,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        """How many of the pages, and of the drafts below them, were published."""
        refused = [] if refused is None else refused
        chosen = [_publish(page.specific, user, refused) for page in objects]
        below = [
            _publish(draft, user, refused)
            for page in (objects if include_descendants else ())
            for draft in _drafts_below(page, user)
        ]
        return sum(chosen), sum(below)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if self.refused:
            lines = format_html_join("", "<li>{}: {}</li>", self.refused)
            messages.warning(
                self.request,
                format_html_join("", "{}<ul>{}</ul>", [(_("These pages could not be published:"), lines)]),
            )
        if not num_parent_objects + num_child_objects:
            return None
        return super().get_success_message(num_parent_objects, num_child_objects)


def _drafts_below(page: Page, user: Any) -> Iterator[Page]:
    for draft in page.get_descendants().not_live().specific():
        if user is None or draft.permissions_for_user(user).can_publish():
            yield draft


def _publish(page: Page, user: Any, refused: list[tuple[str, str]]) -> bool:
    try:
        with transaction.atomic():
            (page.get_latest_revision() or page.save_revision(user=user)).publish(user=user)
    except ValidationError as error:
        refused.append((page.get_admin_display_title(), reason_of(error, page)))
        return False
    return True
