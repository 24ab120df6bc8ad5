"""Where the admin offers to share: above a form, and beside each version in the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from cms.content.history import ReaderActionColumn, ShortHistory
from cms.preview.rights import may_edit


def share_buttons(thing: Any, user: Any) -> Iterable[Button]:
    """The button that shares the newest saved version of an object; none where there is no version, or no right."""
    if thing.latest_revision_id and may_edit(user, thing):
        address = reverse("preview_share", args=[thing.latest_revision_id])
        yield Button(_("Share this draft"), address, icon_name="link-external", priority=45)


class ShareableActionColumn(ReaderActionColumn):
    """Ours, which can share each version, too."""

    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        actions = super().get_actions(instance, parent_context)
        if actions:
            actions.append(
                {"url": reverse("preview_share", args=[instance.revision_id]), "label": _("Share")}
            )
        return actions


class ShareableHistory(ShortHistory):
    """For a view of an object's history."""

    @cached_property
    def columns(self) -> list[Column]:
        actions, *others = super().columns
        shareable = ShareableActionColumn(
            "message",
            label=actions.label,
            object=self.object,
            url_names=actions.url_names,
            user_can_unschedule=actions.user_can_unschedule,
        )
        return [shareable, *others]


class ShareableForm:
    """For a snippet's edit view; pages have a hook for it."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *share_buttons(self.object, self.request.user)]
