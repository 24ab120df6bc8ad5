"""Whatever is asked: an answer for a bounded amount of work, and no error of ours.

FUZZ_REQUESTS says how many requests are made up in all; `make fuzz` asks for 10,000.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as some
from hypothesis_graphql import Mode, from_schema, nodes

from tests.client import OPERATIONS, GraphQLClient
from tests.work import calls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_rate_limits")]

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "400"))
SCHEMA = (Path(__file__).parents[2] / "schema.graphql").read_text()
#: Calls of functions; three times what the slowest request takes that was found (tests/attacks/test_worst_case.py).
MOST_CALLS = 5_000_000
#: Words that only a trace of ours would hold.
TRACES = ("Traceback", "site-packages", 'File "', "psycopg2", "sqlite3")

numbers = some.integers(0, 60) | some.sampled_from([-1, 100, 101, 10**4, 2**31 - 1, 2**31, 10**20])
texts = some.text(max_size=30) | some.sampled_from(
    [
        "khu công nghiệp",
        "%",
        "'",
        '"',
        "\\",
        "a\u0000b",
        "(",
        "AND NOT *",
        "/",
        "//x",
        "đ" * 5000,
        "\u202e",
        "-pk",
        "?",
    ]
)
SCALARS = {
    "PositiveInt": numbers.map(nodes.Int),
    "Date": (some.dates().map(str) | texts).map(nodes.String),
    "DateTime": (some.datetimes().map(lambda each: f"{each.isoformat()}Z") | texts).map(nodes.String),
    "JSON": texts.map(nodes.String),
    "GeoJSON": texts.map(nodes.String),
    "ID": (numbers.map(str) | texts).map(nodes.String),
}
values = some.recursive(
    some.none() | some.booleans() | numbers | some.floats() | texts,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)


def share_of_requests(share: float) -> settings:
    return settings(
        max_examples=max(1, int(REQUESTS * share)),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def answered(graphql: GraphQLClient, body: Any) -> None:
    note(str(body))
    # The first may have made what all later ones find.
    assert _asked(graphql, body) < MOST_CALLS or _asked(graphql, body) < MOST_CALLS


def _asked(graphql: GraphQLClient, body: Any) -> int:
    response, made = calls(lambda: graphql.http.post("/graphql/", body, content_type="application/json"))
    text = response.content.decode()
    assert response.status_code in {200, 400, 403, 415}, text
    assert "INTERNAL_ERROR" not in text
    assert not any(trace in text for trace in TRACES), text
    return made


@share_of_requests(0.5)
@given(query=from_schema(SCHEMA, custom_scalars=SCALARS))
def test_any_operation_of_the_schema(demo: None, query: str):
    answered(GraphQLClient(), {"query": query})


@share_of_requests(0.1)
@given(query=from_schema(SCHEMA, custom_scalars=SCALARS, mode=Mode.NEGATIVE))
def test_operations_that_are_not_of_the_schema(demo: None, query: str):
    answered(GraphQLClient(), {"query": query})


@share_of_requests(0.3)
@given(
    name=some.sampled_from(sorted(each.stem for each in OPERATIONS.glob("*.graphql"))),
    variables=some.dictionaries(
        some.sampled_from(
            [
                "first",
                "after",
                "filter",
                "orderBy",
                "slug",
                "urlPath",
                "id",
                "query",
                "types",
                "path",
                "limit",
                "order",
                "token",
                "input",
                "from",
                "to",
                "articles",
                "contentType",
            ]
        ),
        values,
        max_size=6,
    ),
    operation=some.none() | some.sampled_from(["Article", "Home", "Search", "CastVote", "Routes"]),
)
def test_any_variables_of_the_clients_operations(
    demo: None, name: str, variables: dict, operation: str | None
):
    query = (OPERATIONS / f"{name}.graphql").read_text()
    answered(GraphQLClient(), {"query": query, "variables": variables, "operationName": operation})


@share_of_requests(0.1)
@given(body=some.binary(max_size=300) | values.map(lambda each: each) | some.text(max_size=300))
def test_any_body(demo: None, body: Any):
    answered(
        GraphQLClient(),
        body if isinstance(body, bytes | dict | list) else str(body).encode("utf-8", "replace"),
    )
