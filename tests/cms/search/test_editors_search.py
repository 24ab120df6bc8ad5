"""Editors find pages in the admin without typing diacritics."""

from __future__ import annotations

import pytest
from wagtail.models import Page
from wagtail.search import index

from tests.factories.portal import ArticlePageFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["nguoi ngheo", "người nghèo", "Nguoi Nghe", "duong day", "đường dây", "người ngheo duong"]
)
def test_a_folded_field_is_found_with_and_without_diacritics(django_capture_on_commit_callbacks, query):
    with django_capture_on_commit_callbacks(execute=True):
        page = ArticlePageFactory(title="Vì người nghèo, đường dây nóng")
        ArticlePageFactory(title="Khác")
    index.insert_or_update_object(page)
    assert [found.pk for found in Page.objects.autocomplete(query)] == [page.pk]
