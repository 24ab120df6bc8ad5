"""What sites say of themselves in another language than their first."""

from __future__ import annotations

from typing import Any

from cms.content.clusters import is_in_memory
from cms.graphql.execution.loading import Context, LoadGenerator, having_any
from home.models import SiteSettings, SiteTranslation


def translations(settings: dict[Any, SiteSettings], context: Context, locale: str) -> LoadGenerator:
    """The texts in the language `locale` of those of `settings` that have them, by the keys of `settings`."""
    # Those of settings that are being written are in memory.
    drafts = [row for row in settings.values() if is_in_memory(row, "translations")]
    saved = [row.pk for row in settings.values() if row not in drafts]
    rows = (yield context.wanted(having_any(SiteTranslation, "settings", saved))) if saved else []
    found = [(row.settings_id, row) for row in rows]
    found += [(draft.pk, row) for draft in drafts for row in draft.translations.all()]
    said = {pk: row for pk, row in found if row.language == locale}
    return {key: said[row.pk] for key, row in settings.items() if row.pk in said}
