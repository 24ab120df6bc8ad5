"""What was published lately."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import registry

from cms.content.history import PUBLISH
from cms.content.trashed import is_trashed
from cms.desk.lines import MOST_LINES, Line, edit_urls, kind_of

#: Entries of each log that are read: the same page may have been published again and again.
MOST_ENTRIES = 40


def published_lately(user: Any) -> list[Line]:
    """What is live and somebody may see in the admin, once each, what was published last first."""
    seen, found = set(), []
    for model in registry.get_log_entry_models():
        entries = model.objects.viewable_by_user(user).filter(action__in=PUBLISH)
        newest = entries.select_related("user").order_by("-timestamp", "-pk")[:MOST_ENTRIES]
        for entry, content in newest.with_instances():
            key = (entry.content_type_id, getattr(content, "pk", None))
            if content is not None and content.live and not is_trashed(content) and key not in seen:
                seen.add(key)
                found.append((content, entry))
    found = sorted(found, key=lambda each: each[1].timestamp, reverse=True)[:MOST_LINES]
    url_of = edit_urls(user, [content for content, _entry in found])
    return [
        Line(str(content), url_of(content), kind_of(content), entry.timestamp, who=entry.user)
        for content, entry in found
    ]
