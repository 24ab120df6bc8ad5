from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

QUERY = "query ($query: String!) { search(query: $query) { totalCount suggestion } }"


@pytest.fixture
def suggestion(graphql):
    return lambda query: graphql.data(QUERY, query=query)["search"]["suggestion"]


@pytest.mark.parametrize("query", ["nguoi ngheof", "NGUOI NGHEOO", "người nghéoo"])
def test_the_nearest_words_of_titles_are_suggested_as_they_are_spelled(article, suggestion, query):
    article("Vì người nghèo")
    assert suggestion(query) == "người nghèo"


def test_nothing_is_suggested_where_something_was_found(article, suggestion):
    article("Vì người nghèo")
    assert suggestion("nguoi") is None


def test_nothing_is_suggested_where_no_word_is_near(article, suggestion):
    article("Vì người nghèo")
    assert suggestion("xyzxyz") is None
    assert suggestion("nguoi xyzxyz") is None
    assert suggestion("") is None
    assert suggestion("!!!") is None


def test_the_query_itself_is_not_suggested(article, suggestion):
    article("một người")
    article("hai nghèo")
    assert suggestion("người nghèo") is None


def test_words_that_never_stand_together_are_not_suggested(article, suggestion):
    article("một nguyên")
    article("hai nghiệp")
    assert suggestion("nguyenn nghiepp") is None


def test_words_of_hidden_titles_are_not_suggested(article, suggestion):
    PageViewRestriction.objects.create(page=article("bí mật"), restriction_type="login")
    assert suggestion("bi matt") is None


def test_a_long_query_is_answered(article, suggestion):
    article("Vì người nghèo")
    assert suggestion("nghej " * 1000) is None
