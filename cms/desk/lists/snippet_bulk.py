"""What can be done to many snippets at once, in their lists: what Wagtail does to one of them in its form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import classproperty
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import DraftStateMixin, LockableMixin, WorkflowMixin
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from cms.desk.lists.one_by_one import OneByOne, submit


class _SnippetAction(OneByOne, SnippetBulkAction):
    no_access_template = "wagtailsnippets/bulk_actions/list_items_with_no_access.html"
    #: The models whose lists have the action have this mixin of Wagtail's.
    needs: type
    permission: str

    @classproperty
    def models(cls) -> list[type[Model]]:
        return [model for model in get_snippet_models() if issubclass(model, cls.needs)]

    def check_perm(self, snippet: Any) -> bool:
        lock = snippet.get_lock() if isinstance(snippet, LockableMixin) else None
        is_locked = lock is not None and lock.for_user(self.request.user)
        return not is_locked and self.permission_policy.user_has_permission_for_instance(
            self.request.user, self.permission, snippet
        )


class SubmitSnippets(_SnippetAction):
    """Send drafts into the workflow, and what was sent back into it again."""

    display_name = gettext_lazy("Submit for approval")
    action_type = "submit"
    aria_label = gettext_lazy("Submit what is selected for approval")
    action_priority = 15
    question = gettext_lazy("Submit these for approval?")
    button = gettext_lazy("Yes, submit")
    needs = WorkflowMixin
    permission = "change"

    def check_perm(self, snippet: Any) -> bool:
        return super().check_perm(snippet) and snippet.has_workflow and not snippet.workflow_in_progress

    @classmethod
    def apply(cls, chosen: Any, user: Any, values: dict[str, Any]) -> None:
        submit(chosen, user)

    def done(self, number: int) -> str:
        return ngettext("%(number)d was submitted", "%(number)d were submitted", number) % {"number": number}


class UnpublishSnippets(_SnippetAction):
    """Take them off the site; their drafts stay."""

    display_name = gettext_lazy("Unpublish")
    action_type = "unpublish"
    aria_label = gettext_lazy("Unpublish what is selected")
    action_priority = 25
    question = gettext_lazy("Unpublish these? Readers will not see them any more.")
    button = gettext_lazy("Yes, unpublish")
    needs = DraftStateMixin
    permission = "publish"

    @classmethod
    def apply(cls, chosen: Any, user: Any, values: dict[str, Any]) -> None:
        if not chosen.live:
            raise ValidationError(_("It is not published."))
        chosen.unpublish(user=user, log_action=True)

    def done(self, number: int) -> str:
        return ngettext("%(number)d was unpublished", "%(number)d were unpublished", number) % {
            "number": number
        }
