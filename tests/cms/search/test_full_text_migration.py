from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.search.query import ranked


def migrate(name: str) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("cms_search", name)])


@pytest.mark.django_db(transaction=True)
def test_the_indexes_can_be_taken_away_and_made_again(tree, article):
    article("Vì người nghèo")
    try:
        migrate("0001_initial")
        tables = connection.introspection.table_names()
        assert "cms_search_fts" not in tables
    finally:
        migrate("0002_full_text")
    assert [entry.title for entry in ranked("nguoi ngheo")] == ["Vì người nghèo"]
