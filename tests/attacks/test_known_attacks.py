"""What public collections of attacks on GraphQL endpoints try (graphql-cop, InQL, BatchQL and the like), one by one."""

from __future__ import annotations

import pytest
from django.test import override_settings
from graphql import get_introspection_query

from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.work import calls

CYCLE = "{ site { ...A } } fragment A on Site { ...B } fragment B on Site { name ...A }"


def codes(response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


def test_alias_overload(graphql: GraphQLClient):
    response = graphql.post("{ " + " ".join(f"a{number}: __typename" for number in range(101)) + " }")
    assert (response.status_code, codes(response)) == (400, ["ALIAS_LIMIT"])


def test_batches_of_requests(graphql: GraphQLClient):
    batch = [{"query": "{ site { name } }"}] * 10
    response = graphql.http.post("/graphql/", batch, content_type="application/json")
    assert (response.status_code, codes(response)) == (400, ["BAD_REQUEST"])


def test_directive_overload(graphql: GraphQLClient):
    response = graphql.post("{ __typename %s }" % ("@aa" * 50))
    assert response.status_code == 400
    assert codes(response) == ["DIRECTIVE_LIMIT"]
    response = graphql.post("{ __typename %s }" % ("@skip(if: false)" * 50))
    assert response.status_code == 400


@pytest.mark.parametrize("repeated", ["__typename ", "site { name } "])
@pytest.mark.parametrize("times", [390, 1990])
def test_field_duplication(graphql: GraphQLClient, repeated: str, times: int):
    response, made = calls(lambda: graphql.post("{ " + repeated * times + "}"))
    assert response.status_code == 400
    assert made < 250_000


@pytest.mark.parametrize(
    "query",
    [
        CYCLE,
        "{ ...A } fragment A on Query { ...A }",
        "{ ...__schema } fragment __schema on Query { ...__schema }",
        "{ ...__type } fragment __type on Query { ...__schema } fragment __schema on Query { ...__type }",
    ],
)
def test_circular_fragments(graphql: GraphQLClient, query: str):
    response = graphql.post(query)
    assert (response.status_code, codes(response)[0]) == (400, "GRAPHQL_VALIDATION_FAILED")


@pytest.mark.parametrize("name", ["__schema", "__type", "__typename", "__x"])
def test_fragments_named_like_introspection_are_counted_like_others(graphql: GraphQLClient, name: str):
    lists = "pages(limit: 100) { children(limit: 100) { children(limit: 100) { title } } }"
    response = graphql.post(f"{{ ...{name} }} fragment {name} on Query {{ {lists} }}")
    assert (response.status_code, codes(response)) == (400, ["COST_LIMIT"])


def test_fragments_that_double_each_other(graphql: GraphQLClient):
    """Written out, thirty of them are a thousand million fields; they are counted without being written out."""

    def refused(number: int) -> tuple[int, int]:
        fragments = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(number))
        document = f"{{ ...F0 }} {fragments} fragment F{number} on Query {{ a: site {{ name }} }}"
        response, made = calls(lambda: graphql.post(document))
        assert response.status_code == 400
        assert codes(response) == ["ALIAS_LIMIT"]
        return response.json()["errors"][0]["extensions"]["requested"], made

    (few, made_for_few), (many, made_for_many) = refused(15), refused(30)
    assert (few, many) == (2**15, 10**9)
    assert made_for_many < 3 * made_for_few


def test_fragments_that_double_each_other_below_a_page(graphql: GraphQLClient):
    """Within the limits, and answered; each fragment is read once all the same."""
    title = HomePageFactory().title

    def answered(number: int) -> int:
        fragments = " ".join(
            f"fragment F{n} on PageInterface {{ ...F{n + 1} ...F{n + 1} }}" for n in range(number)
        )
        document = f'{{ page(urlPath: "/") {{ ...F0 }} }} {fragments} fragment F{number} on PageInterface {{ title }}'
        response, made = calls(lambda: graphql.post(document))
        assert response.json()["data"] == {"page": {"title": title}}
        return made

    answered(1)  # the first request of a process makes the schema
    few, many = answered(7), answered(14)
    assert many < 3 * few


def test_a_chain_of_fragments(graphql: GraphQLClient):
    fragments = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(240))
    response = graphql.post(f"{{ ...F0 }} {fragments} fragment F240 on Query {{ __typename }}")
    assert response.status_code < 500


def test_introspection_that_goes_in_circles(graphql: GraphQLClient):
    query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    response = graphql.post(query)
    assert (response.status_code, codes(response)[0]) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_introspection_many_times_over(graphql: GraphQLClient):
    query = "{ " + " ".join(f"s{n}: __schema {{ types {{ name }} }}" for n in range(5)) + " }"
    response = graphql.post(query)
    assert (response.status_code, codes(response)) == (400, ["COST_LIMIT"])


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(),
        '{ __type(name: "Query") { name } }',
        "{ ...A } fragment A on Query { __schema { types { name } } }",
        "{ ... on Query { s: __schema { types { name } } } }",
    ],
)
def test_introspection_can_be_switched_off(graphql: GraphQLClient, query: str):
    with override_settings(CMS_GRAPHQL_INTROSPECTION=False):
        response = graphql.post(query)
        assert (response.status_code, codes(response)) == (400, ["INTROSPECTION_DISABLED"])
        assert graphql.post("{ __typename }").json()["data"] == {"__typename": "Query"}
    assert "data" in graphql.post(query).json()


@pytest.mark.parametrize(
    "query",
    [
        "{ sites { nam } }",
        "{ articles(frist: 1) { totalCount } }",
        "{ articles(orderBy: PUBLISHED_AT) { totalCount } }",
        "{ articles(filter: { featurd: true }) { totalCount } }",
        "{ page(id: 1) { ... on ArticlePag { id } } }",
        "{ page(id: 1) { category { name } } }",
        "{ site { name @skp(if: true) } }",
    ],
)
def test_field_suggestions_end_with_introspection(graphql: GraphQLClient, query: str):
    guess = "Did you mean"
    assert guess in graphql.post(query).content.decode() or "@skp" in query
    with override_settings(CMS_GRAPHQL_INTROSPECTION=False):
        assert guess not in graphql.post(query).content.decode()


def test_variables_are_not_completed_by_suggestions(graphql: GraphQLClient):
    query = "query($f: ArticleFilter) { articles(filter: $f) { totalCount } }"
    assert "Did you mean" in graphql.post(query, f={"featurd": True}).content.decode()
    with override_settings(CMS_GRAPHQL_INTROSPECTION=False):
        assert "Did you mean" not in graphql.post(query, f={"featurd": True}).content.decode()


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
)
def test_mutations_by_a_form_of_another_site(graphql: GraphQLClient, content_type: str):
    body = b"query=mutation%20%7B%20issueVoterToken%20%7B%20voterToken%20%7D%20%7D"
    response = graphql.http.post("/graphql/", body, content_type=content_type)
    assert (response.status_code, codes(response)) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


def test_mutations_by_get(graphql: GraphQLClient):
    response = graphql.http.get("/graphql/", {"query": "mutation { issueVoterToken { voterToken } }"})
    assert (response.status_code, codes(response)) == (405, ["METHOD"])


def test_the_query_string_does_not_beat_the_body(graphql: GraphQLClient):
    HomePageFactory()
    mutation = "?query=mutation%20%7B%20issueVoterToken%20%7B%20voterToken%20%7D%20%7D"
    response = graphql.http.post(
        f"/graphql/{mutation}", {"query": "{ __typename }"}, content_type="application/json"
    )
    assert response.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{ page(id: {}) { id } }"},
        {"query": "query($a: Int) { articles(first: $a) { totalCount } }", "variables": {"a": {"$gt": 0}}},
        {"query": "{ site { name } }", "variables": {"a": [[[[1]]]]}},
        {"query": "subscription { site { name } }"},
        {"query": "{ site { name } } { site { name } }"},
        {"query": "fragment A on Query { site { name } }"},
        {"query": "#" * 1000},
        {"query": "{ \ud800 }"},
    ],
)
def test_no_answer_shows_a_trace(graphql: GraphQLClient, body: dict):
    with override_settings(DEBUG=True):
        response = graphql.http.post("/graphql/", body, content_type="application/json")
    text = response.content.decode()
    assert response.status_code in {200, 400}
    assert not any(
        word in text for word in ("Traceback", "site-packages", "exception", '"stacktrace"', ".py")
    )


def test_variables_that_are_nested_deeply(graphql: GraphQLClient):
    body = '{"query": "query($f: ArticleFilter) { articles(filter: $f) { totalCount } }", "variables": {"f": %s}}'
    for levels in (500, 5000):
        response = graphql.http.post(
            "/graphql/",
            (body % ('{"a":' * levels + "1" + "}" * levels)).encode(),
            content_type="application/json",
        )
        assert response.status_code == 400


@pytest.mark.parametrize(("levels", "status"), [(28, 200), (29, 400)])
def test_variables_may_be_nested_so_deeply(graphql: GraphQLClient, levels: int, status: int):
    nested = '{"a":' * levels + "1" + "}" * levels
    body = '{"query": "{ __typename }", "variables": {"f": ' + nested + "}}"
    response = graphql.http.post("/graphql/", body.encode(), content_type="application/json")
    assert response.status_code == status


@pytest.mark.parametrize("literal", ["[" * 300 + "]" * 300, "{a:" * 300 + "1" + "}" * 300])
def test_literals_that_are_nested_deeply(graphql: GraphQLClient, literal: str):
    response = graphql.post(f"{{ articles(filter: {literal}) {{ totalCount }} }}")
    assert response.status_code == 400


def test_graphiql_is_not_the_endpoint(graphql: GraphQLClient):
    """An endpoint that answers a browser with a console tells attackers where to begin."""
    response = graphql.http.get("/graphql/", headers={"accept": "text/html"})
    assert response.status_code in {400, 406}
    assert b"<html" not in response.content
