"""What can be done to many at once, of which each may be refused for a reason of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import WorkflowState

from cms.content.publishing import reason_of


class OneByOne(BulkAction):
    """An action that does what it can: what it can't is named with the reason, and keeps none of the others.

    A subclass says `apply`, which raises ValidationError for what is left as it was, and `done`.
    """

    template_name = "desk/confirm_bulk.html"
    form_class = forms.Form
    #: What is asked before it is done.
    question: Any
    button: Any
    refused_words: Any = gettext_lazy("These were left as they were:")
    #: Wagtail's list of what may not be touched.
    no_access_template: str

    def __init__(self, request: HttpRequest, model: type[Model]) -> None:
        super().__init__(request, model)
        self.refused: list[tuple[str, str]] = []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "action": self}

    def object_context(self, obj: Any) -> dict[str, Any]:
        edit_url = AdminURLFinder(self.request.user).get_edit_url(obj)
        return {**super().object_context(obj), "edit_url": edit_url, "title": self.title_of(obj)}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "values": self.cleaned_form.cleaned_data, "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: Sequence[Any],
        user: Any = None,
        values: dict[str, Any] | None = None,
        refused: list[tuple[str, str]] | None = None,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        done = 0
        for each in map(cls.whole, objects):
            try:
                with transaction.atomic():
                    cls.apply(each, user, values or {})
                done += 1
            except ValidationError as error:
                if refused is not None:
                    refused.append((cls.title_of(each), reason_of(error, each)))
        return done, 0

    @staticmethod
    def whole(chosen: Any) -> Any:
        """What was chosen, with all its fields."""
        return chosen

    @staticmethod
    def title_of(chosen: Any) -> str:
        """What the list calls it."""
        return str(chosen)

    @classmethod
    def apply(cls, chosen: Any, user: Any, values: dict[str, Any]) -> None:
        """Do it to one of them; ValidationError where it can't be done."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What is said of so many that it was done to."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if self.refused:
            lines = format_html_join("", "<li>{}: {}</li>", self.refused)
            messages.warning(
                self.request, format_html_join("", "{}<ul>{}</ul>", [(self.refused_words, lines)])
            )
        return self.done(num_parent_objects) if num_parent_objects else None


def submit(content: Any, user: Any) -> None:
    """Send the draft of a page or snippet into its workflow, or on where it was sent back; else ValidationError."""
    if content.live and not content.has_unpublished_changes:
        raise ValidationError(_("Readers see it already as it is."))
    if content.latest_revision is None:
        content.save_revision(user=user)
    content.get_latest_revision_as_object().check_whole()
    state = content.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        content.get_workflow().start(content, user)
