"""Operations that take long are logged, with what they cost and without what they were asked with."""

from __future__ import annotations

import logging
import re

import orjson
import pytest
from django.conf import LazySettings

from cms.graphql.operation.persisted import digest_of
from cms.operations.logs import JSONFormatter
from tests.client import GraphQLClient

pytestmark = pytest.mark.django_db

QUERY = "query Slow($q: String!) { search(query: $q) { totalCount } }"
NAME = "cms.graphql.http.instrumentation"


def ask(graphql: GraphQLClient, caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    with caplog.at_level(logging.WARNING, logger=NAME):
        graphql.http.post(
            "/graphql/", {"query": QUERY, "variables": {"q": "riêng tư"}}, content_type="application/json"
        )
    return [each for each in caplog.records if each.name == NAME]


@pytest.mark.usefixtures("countable")
def test_an_operation_over_the_threshold_is_a_line_with_its_cost_and_statements(
    graphql: GraphQLClient, caplog: pytest.LogCaptureFixture, settings: LazySettings
):
    settings.CMS_SLOW_OPERATION_MS = 0.000001
    [slow] = ask(graphql, caplog)
    digest = digest_of(QUERY)
    line = slow.getMessage()
    assert re.fullmatch(rf"slow operation Slow \({digest[:12]}\): \d+ ms, cost \d+, \d+ statements", line)
    shown = orjson.loads(JSONFormatter().format(slow))
    assert (shown["operation"], shown["document"]) == ("Slow", digest)
    assert shown["cost"] > 0
    assert shown["statements"] > 0
    assert "riêng tư" not in repr(shown)


@pytest.mark.parametrize("milliseconds", [0, 600_000])
def test_others_are_not_and_0_logs_none(
    graphql: GraphQLClient, caplog: pytest.LogCaptureFixture, settings: LazySettings, milliseconds: int
):
    settings.CMS_SLOW_OPERATION_MS = milliseconds
    assert ask(graphql, caplog) == []
