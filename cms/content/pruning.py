"""Old versions of content that nobody needs any more.

Wagtail's `purge_revisions` keeps the newest version, what is scheduled and what is in moderation. It deletes what
readers see now and what they saw before, which the history compares, and with a version its share links, previews and
the steps of the workflow that it went through.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import DO_NOTHING, Exists, ForeignKey, OuterRef, QuerySet
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

#: Rows that are deleted in one statement.
CHUNK = 500


def prunable(before: datetime) -> QuerySet[Revision]:
    """Versions made before then that were never published, are not scheduled, and that no row points at."""
    found = Revision.objects.filter(created_at__lt=before, approved_go_live_at=None)
    for log in (PageLogEntry, ModelLogEntry):
        published = log.objects.filter(action__startswith="wagtail.publish", revision=OuterRef("pk"))
        found = found.exclude(Exists(published))
    for field in _fields_that_need_theirs():
        found = found.exclude(Exists(field.model._base_manager.filter(**{field.name: OuterRef("pk")})))
    return found


def prune(before: datetime) -> int:
    """Delete them; how many."""
    pks = list(prunable(before).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), CHUNK):
        Revision.objects.filter(pk__in=pks[start : start + CHUNK]).delete()
    return len(pks)


def _fields_that_need_theirs() -> list[ForeignKey]:
    """Foreign keys to versions, of all models: the newest and the live one, share links, previews, workflows."""
    relations = Revision._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in relations
        # The log names every version, and does without.
        if relation.auto_created and not relation.concrete and relation.on_delete is not DO_NOTHING
    ]
