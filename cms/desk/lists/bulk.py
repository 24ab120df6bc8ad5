"""What can be done to many pages at once, in the lists of their type and in the page tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import classproperty
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import MoveBulkAction, UnpublishBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page, WorkflowState, get_page_models

from cms.content.bulk_publishing import PublishWhatIsComplete
from cms.content.publishing import reason_of


class OnEveryType:
    """Mixin: also in the lists of one type of pages, where Wagtail's own actions, which are for `Page`, are not."""

    @classproperty
    def models(cls) -> list[type[Page]]:
        return get_page_models()


class PublishPages(OnEveryType, PublishWhatIsComplete):
    """Wagtail's, of what is complete."""


class UnpublishPages(OnEveryType, UnpublishBulkAction):
    """Wagtail's."""


class MovePages(OnEveryType, MoveBulkAction):
    """Wagtail's."""


class OneByOneBulkAction(PageBulkAction):
    """An action that does what it can: what it can't is named with the reason, and keeps none of the others.

    A subclass says `apply`, which raises ValidationError for a page that is left as it was, and `done`.
    """

    template_name = "desk/confirm_bulk.html"
    form_class = forms.Form
    #: What is asked before it is done.
    question: Any
    button: Any

    def __init__(self, request: HttpRequest, model: type[Page]) -> None:
        super().__init__(request, model)
        self.refused: list[tuple[str, str]] = []

    def check_perm(self, page: Page) -> bool:
        lock = page.specific_deferred.get_lock()
        is_locked = lock is not None and lock.for_user(self.request.user)
        return not is_locked and page.permissions_for_user(self.request.user).can_edit()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "action": self}

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "values": self.cleaned_form.cleaned_data, "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: Sequence[Page],
        user: Any = None,
        values: dict[str, Any] | None = None,
        refused: list[tuple[str, str]] | None = None,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        done = 0
        for page in objects:
            specific = page.specific
            try:
                with transaction.atomic():
                    cls.apply(specific, user, values or {})
                done += 1
            except ValidationError as error:
                if refused is not None:
                    refused.append((page.get_admin_display_title(), reason_of(error, specific)))
        return done, 0

    @classmethod
    def apply(cls, page: Page, user: Any, values: dict[str, Any]) -> None:
        """Do it to a page; ValidationError where it can't be done."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """What is said of so many pages that it was done to."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if self.refused:
            lines = format_html_join("", "<li>{}: {}</li>", self.refused)
            said = _("These pages were left as they were:")
            messages.warning(self.request, format_html_join("", "{}<ul>{}</ul>", [(said, lines)]))
        return self.done(num_parent_objects) if num_parent_objects else None


class SubmitPages(OnEveryType, OneByOneBulkAction):
    """Send drafts into the workflow, and what was sent back into it again."""

    display_name = gettext_lazy("Submit for approval")
    action_type = "submit"
    aria_label = gettext_lazy("Submit the selected pages for approval")
    action_priority = 15
    question = gettext_lazy("Submit these pages for approval?")
    button = gettext_lazy("Yes, submit")

    def check_perm(self, page: Page) -> bool:
        tester = page.permissions_for_user(self.request.user)
        return super().check_perm(page) and tester.can_submit_for_moderation()

    @classmethod
    def apply(cls, page: Page, user: Any, values: dict[str, Any]) -> None:
        if page.live and not page.has_unpublished_changes:
            raise ValidationError(_("Readers see it already as it is."))
        if page.latest_revision is None:
            page.save_revision(user=user)
        page.get_latest_revision_as_object().full_clean()
        state = page.current_workflow_state
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        else:
            page.get_workflow().start(page, user)

    def done(self, number: int) -> str:
        return ngettext("%(number)d page was submitted", "%(number)d pages were submitted", number) % {
            "number": number
        }


class ChangePages(OneByOneBulkAction):
    """Change fields of pages as their forms would: in a new draft, published where the last one was and one may."""

    button = gettext_lazy("Yes, change")

    @classmethod
    def apply(cls, page: Page, user: Any, values: dict[str, Any]) -> None:
        is_as_published = page.live and not page.has_unpublished_changes
        draft = page.get_latest_revision_as_object()
        cls.change(draft, values)
        revision = draft.save_revision(user=user, log_action=True)
        if is_as_published and page.permissions_for_user(user).can_publish():
            revision.publish(user=user)

    @classmethod
    def change(cls, page: Page, values: dict[str, Any]) -> None:
        """Set what the form says on the newest draft of a page."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        return ngettext(
            "%(number)d page was changed; where you may not publish, as a draft.",
            "%(number)d pages were changed; where you may not publish, as drafts.",
            number,
        ) % {"number": number}
