"""What the first page of the admin tells about publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.log_actions import registry
from wagtail.models import DraftStateMixin, Revision

from cms.content.publishing import REFUSED

#: Entries of the log that are looked at for those that still hold, and lines of the panel.
MOST_ENTRIES, MOST_LINES = 200, 20


@dataclass(frozen=True)
class Unpublished:
    """A page or snippet that was to be published and was not."""

    title: str
    url: str
    reason: str


class UnpublishedPanel(Component):
    """What was due or approved and could not be published, with the reason; nothing where there is none."""

    name = "not_published"
    template_name = "content/not_published.html"
    order = 80

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        finder = AdminURLFinder(parent_context["request"].user)
        found = [
            Unpublished(str(content), url, reason)
            for content, reason in _refused()
            if (url := finder.get_edit_url(content))  # none for who may not edit it
        ]
        return {"found": found[:MOST_LINES], "more": max(0, len(found) - MOST_LINES)}


def _refused() -> Iterator[tuple[DraftStateMixin, str]]:
    """What waits to be published since it could not be, those first that failed last, and why."""
    for model in registry.get_log_entry_models():
        entries = model.objects.filter(action=REFUSED, revision__isnull=False).order_by("-timestamp", "-pk")
        pairs = list(entries[:MOST_ENTRIES].with_instances())
        revisions = Revision.objects.in_bulk([entry.revision_id for entry, _content in pairs])
        for entry, content in pairs:
            revision = revisions.pop(entry.revision_id, None)  # once each, by the newest entry
            if content is not None and revision is not None and _waits(revision, content):
                yield content, entry.data["reason"]


def _waits(revision: Revision, content: DraftStateMixin) -> bool:
    is_newest = content.latest_revision_id == revision.pk and content.live_revision_id != revision.pk
    return revision.approved_go_live_at is not None or is_newest
