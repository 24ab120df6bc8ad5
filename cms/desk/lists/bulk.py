"""What can be done to many pages at once, in the lists of their type and in the page tree."""

from __future__ import annotations

from typing import Any

from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions import MoveBulkAction, UnpublishBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page, get_page_models

from cms.content.bulk_publishing import PublishWhatIsComplete
from cms.desk.lists.one_by_one import OneByOne, submit


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


class OneByOneBulkAction(OneByOne, PageBulkAction):
    """Such an action on pages."""

    refused_words = gettext_lazy("These pages were left as they were:")
    no_access_template = "wagtailadmin/pages/bulk_actions/list_items_with_no_access.html"

    def check_perm(self, page: Page) -> bool:
        lock = page.specific_deferred.get_lock()
        is_locked = lock is not None and lock.for_user(self.request.user)
        return not is_locked and page.permissions_for_user(self.request.user).can_edit()

    @staticmethod
    def whole(chosen: Page) -> Page:
        return chosen.specific

    @staticmethod
    def title_of(chosen: Page) -> str:
        return chosen.get_admin_display_title()


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
        submit(page, user)

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
