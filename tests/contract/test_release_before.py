"""The release before writes to the schema of this one: it still runs while the migrations are applied, and after them.

Its models are those of the migrations that it had, without the columns that came since. They read the demonstration's
rows, write them anew and change them, as that release would, in tables that all migrations have been applied to.
"""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.one_database]

#: The last migration of each of our apps in the release before. A release writes down here what it had last; of 0.2.0,
#: which is older than the rule, it is what came between.
BEFORE = {
    "accounts": "0004_collection_passwords",
    "articles": "0005_index_titles_within_filters",
    "campaigns": "0003_order_titles_alphabetically",
    "cms_search": "0002_full_text",
    "content": "0009_unpublish_the_welcome_page",
    "desk": "0002_saved_views",
    "events": "0001_webhooks",
    "exchange": "0002_imports",
    "home": "0007_texts_at_the_foot",
    "invalidation": "0001_change_log",
    "media": "0002_permission_to_choose",
    "operations": "0005_starts_of_commands",
    "polls": "0006_site",
    "preview": "0002_logins_and_share_links",
    "trash": "0001_trash",
    "visits": "0001_initial",
    "zones": "0005_outline_of_the_province",
}
#: What the demonstration has rows of, at the least.
WRITTEN = {
    "articles.articlepage",
    "campaigns.campaignpage",
    "content.legaldocument",
    "home.menuitem",
    "home.sitesettings",
    "media.image",
    "media.rendition",
    "polls.ballot",
    "polls.poll",
    "zones.zonepage",
}


def test_the_release_before_writes_to_the_schema_of_this_one() -> None:
    loader = MigrationLoader(connection)
    others = [node for node in loader.graph.leaf_nodes() if node[0] not in BEFORE]
    state = loader.project_state([*BEFORE.items(), *others])
    written = {
        model._meta.label_lower
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.app_label in BEFORE and _writes(model)
    }

    assert written >= WRITTEN


def _writes(model: type[Model]) -> bool:
    """Read a row, insert it again in its place and update it; whether there is one."""
    row = model._base_manager.first()
    if row is None:
        return False
    quote = connection.ops.quote_name
    table, key = model._meta.db_table, model._meta.pk
    value = key.get_db_prep_value(getattr(row, key.attname), connection)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # What refers to it is checked at the end of the outermost transaction, when it is there again.
            cursor.execute(f"DELETE FROM {quote(table)} WHERE {quote(key.column)} = %s", [value])  # noqa: S608
        row.save(force_insert=True)
        row.save(force_update=True)
    return True
