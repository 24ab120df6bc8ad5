"""What a client sends wrong is told in a typed error, never in a 500."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZonePageFactory

ARTICLES = "query($first: Int, $after: String) { articles(first: $first, after: $after) { edges { cursor node { id } } } }"


def test_unknown_field_is_a_validation_error(graphql: GraphQLClient):
    response = graphql.post("{ site { nope } }")
    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_wrong_syntax_is_a_parse_error(graphql: GraphQLClient):
    response = graphql.post("{ site { ")
    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"


def test_variable_of_the_wrong_type_is_refused(graphql: GraphQLClient):
    response = graphql.post(ARTICLES, first="many")
    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b" ", 400, "BAD_JSON"),
        (b"{", 400, "BAD_JSON"),
        (b"\xff\xfe", 400, "BAD_JSON"),
        (b"[]", 400, "BAD_REQUEST"),
        (b"{}", 400, "BAD_REQUEST"),
        (b'{"query": 7}', 400, "BAD_REQUEST"),
        (b'{"query": "{ site { name } }", "variables": []}', 400, "BAD_REQUEST"),
        (b'{"query": "{ site { name } }", "operationName": 7}', 400, "BAD_REQUEST"),
        (b'{"query": "{ site { name } }", "operationName": "Other"}', 200, "BAD_USER_INPUT"),
        (b'{"query": "' + b"a" * 1_000_001 + b'"}', 413, "BODY_TOO_LARGE"),
        (b'{"query": "{ page(slug: \\"a\\\\u0000b\\") { id } }"}', 200, "BAD_USER_INPUT"),
        (
            b'{"query": "query($s: String) { page(slug: $s) { id } }", "variables": {"s": "a\\u0000"}}',
            400,
            "BAD_USER_INPUT",
        ),
    ],
)
def test_body_that_is_no_request_is_refused(graphql: GraphQLClient, body: bytes, status: int, code: str):
    response = graphql.http.post("/graphql/", body, content_type="application/json")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (status, code)


def test_a_document_of_nearly_a_megabyte_is_refused_by_its_characters(graphql: GraphQLClient):
    response = graphql.post("{ " + "a " * 400_000 + "}")
    assert response.status_code == 200
    assert response.json()["errors"][0]["extensions"] == {"code": "CHARACTER_LIMIT", "limit": 20000}


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
        "",
        "application/graphql",
        "text/json",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
    ],
)
def test_only_json_is_taken(graphql: GraphQLClient, content_type: str):
    body = b'{"query": "mutation { issueVoterToken { voterToken } }"}'
    response = graphql.http.post("/graphql/", body, content_type=content_type)
    assert response.status_code == 415
    assert response.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


def test_a_mutation_by_get_is_refused(graphql: GraphQLClient):
    response = graphql.http.get("/graphql/", {"query": "mutation { issueVoterToken { voterToken } }"})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(graphql: GraphQLClient, method: str):
    body = b'{"query": "mutation { issueVoterToken { voterToken } }"}'
    response = graphql.http.generic(method, "/graphql/", body, content_type="application/json")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


def test_the_body_of_a_get_is_not_read(graphql: GraphQLClient):
    body = b'{"query": "mutation { issueVoterToken { voterToken } }"}'
    response = graphql.http.generic("GET", "/graphql/", body, content_type="application/json")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_header_makes_no_post_of_a_get(graphql: GraphQLClient, header: str):
    mutation = {"query": "mutation { issueVoterToken { voterToken } }", "_method": "POST"}
    response = graphql.http.get("/graphql/", mutation, headers={header: "POST"})
    assert response.status_code == 405
    assert "voterToken" not in response.content.decode()


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_makes_no_mutation_of_a_posts_address(graphql: GraphQLClient, content_type: str):
    address = "/graphql/?query=mutation%20%7B%20issueVoterToken%20%7B%20voterToken%20%7D%20%7D"
    assert graphql.http.post(address, b"a=b", content_type=content_type).status_code == 415
    assert graphql.http.post(address, b"{}", content_type="application/json").status_code == 400


@pytest.mark.parametrize("field", ["page", "image", "document", "poll", "tag"])
@pytest.mark.parametrize("value", ["abc", "-1", "1.5", "9" * 30, "１２", ""])
def test_an_id_that_is_none_is_a_typed_error(graphql: GraphQLClient, field: str, value: str):
    graphql.errors(f"query($id: ID!) {{ {field}(id: $id) {{ id }} }}", code="BAD_ID", id=value)


@pytest.mark.parametrize("argument", ["id", "parent", "ancestor"])
@pytest.mark.parametrize("value", ["abc", ""])
def test_a_list_of_pages_refuses_an_id_that_is_none(graphql: GraphQLClient, argument: str, value: str):
    query = f"query($id: ID) {{ pages({argument}: $id) {{ id }} }}"
    errors = graphql.errors(query, code="BAD_ID", id=value)
    assert errors[0]["extensions"]["field"] == argument


@pytest.mark.parametrize("size", [0, -1, 101, 10**9])
def test_page_sizes_out_of_range_are_refused(graphql: GraphQLClient, size: int):
    errors = graphql.errors(ARTICLES, code="BAD_PAGE_SIZE", first=size)
    assert errors[0]["message"] == f"`first` is {size}; it can be 1 to 100."


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "bnVsbA", "W10", "e30", "WzFd", "\ud83d\ude00"])
def test_a_text_that_is_no_cursor_is_refused(graphql: GraphQLClient, cursor: str):
    graphql.errors(ARTICLES, code="BAD_CURSOR", after=cursor)


def test_the_cursor_of_another_list_is_refused(graphql: GraphQLClient):
    ArticlePageFactory()
    CampaignPageFactory()
    cursor = graphql.data("{ campaigns(first: 1) { edges { cursor } } }")["campaigns"]["edges"][0]["cursor"]
    graphql.errors(ARTICLES, code="BAD_CURSOR", after=cursor)


def test_the_cursor_of_another_order_is_refused(graphql: GraphQLClient):
    ArticlePageFactory()
    oldest = graphql.data("{ articles(orderBy: PUBLISHED_AT_ASC) { edges { cursor } } }")["articles"][
        "edges"
    ][0]
    graphql.errors(ARTICLES, code="BAD_CURSOR", after=oldest["cursor"])


@pytest.mark.parametrize(
    "order", ["owner__password", "?", "nope", "view_restrictions__password", "-expire_at"]
)
def test_order_takes_safe_columns_only(graphql: GraphQLClient, order: str):
    errors = graphql.errors(
        "query($order: String) { pages(order: $order) { id } }", code="BAD_ORDER", order=order
    )
    assert "password" not in errors[0]["message"].replace(order, "")


@pytest.mark.parametrize("content_type", ["x", "auth.User", "nope.Nope", "a.b.c", ""])
def test_a_content_type_that_is_no_page_is_refused(graphql: GraphQLClient, content_type: str):
    query = "query($type: String) { pages(contentType: $type) { id } }"
    HomePageFactory()
    if content_type:
        graphql.errors(query, code="BAD_CONTENT_TYPE", type=content_type)
    else:
        assert graphql.data(query, type=content_type)["pages"]


@pytest.mark.parametrize("limit", ["-5", "101", "1.5"])
def test_limits_out_of_range_are_refused(graphql: GraphQLClient, limit: str):
    response = graphql.post(f"{{ pages(limit: {limit}) {{ id }} }}")
    assert response.status_code < 500
    assert response.json()["errors"]


def test_what_a_resolver_raises_is_masked(graphql: GraphQLClient, monkeypatch: pytest.MonkeyPatch):
    def fail(*args: object) -> None:
        raise RuntimeError("the password is secret")

    monkeypatch.setattr("visits.schema.figures", fail)
    response = graphql.post("{ visitStatistics { today } }")
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == "INTERNAL_ERROR"
    assert "secret" not in response.content.decode()
    assert error["extensions"]["reference"] in error["message"]


@pytest.mark.parametrize(
    ("refused", "path"),
    [
        ("articles(first: 500) { nodes { title } }", ["articles"]),
        ('campaigns(after: "x") { nodes { title } }', ["campaigns"]),
        ('pages(order: "secret") { title }', ["pages"]),
        ('images(order: "secret") { id }', ["images"]),
        (
            'visitStatistics { daily(from: "2026-02-01", to: "2026-01-01") { visits } }',
            ["visitStatistics", "daily"],
        ),
        ("zones { nodes { nearby(first: -1) { distanceKm } } }", ["zones", "nodes", 0, "nearby"]),
    ],
)
def test_a_refused_argument_costs_its_own_field(graphql: GraphQLClient, refused: str, path: list[str | int]):
    ZonePageFactory()
    answer = graphql.post(f"{{ {refused} articleCategories {{ name }} site {{ hostname }} }}").json()
    assert (answer["data"]["articleCategories"], answer["data"]["site"]) == ([], {"hostname": "localhost"})
    [error] = answer["errors"]
    assert error["path"] == path
    assert error["extensions"]["code"] != "INTERNAL_ERROR"
    found = answer["data"]
    for part in path:
        found = found[part]
    assert found is None


NAMES_NOTHING = {
    "{ pages(contentType: $text) { id } }": "BAD_CONTENT_TYPE",
    "{ pages(order: $text) { id } }": "BAD_ORDER",
    '{ page(slug: "a", site: $text) { id } }': "UNKNOWN_SITE",
}


@pytest.mark.parametrize("selection", NAMES_NOTHING)
def test_a_message_repeats_little_of_a_long_text(graphql: GraphQLClient, selection: str):
    HomePageFactory()
    answer = graphql.post(f"query ($text: String) {selection}", text="x" * 10_000).json()
    [error] = answer["errors"]
    assert error["extensions"]["code"] == NAMES_NOTHING[selection]
    assert "x" * 100 in error["message"]
    assert len(error["message"]) < 300


def test_a_name_that_comes_again_is_one_name(graphql: GraphQLClient):
    HomePageFactory()
    query = "query ($types: String, $order: String) { pages(contentType: $types, order: $order) { title } }"
    once = {"types": "home.HomePage,articles.ArticlePage", "order": "-title,id"}
    with CaptureQueriesContext(connection) as asked:
        pages = graphql.data(query, **once)["pages"]
    many = {"types": ",".join([once["types"]] * 1000), "order": "-title,title,id,-title"}
    with CaptureQueriesContext(connection) as again:
        assert graphql.data(query, **many)["pages"] == pages
    assert len(again) <= len(asked)


@pytest.mark.parametrize("path", ["//[", "http://[::1/x?utm_a=1"])
def test_a_path_that_is_no_address_has_no_redirect(graphql: GraphQLClient, path: str):
    assert graphql.data("query ($path: String!) { redirect(path: $path) { newUrl } }", path=path) == {
        "redirect": None
    }


@pytest.mark.parametrize(
    "selection", ["articles(filter: { tag: $text })", "zones(filter: { locality: $text })"]
)
def test_what_is_longer_than_its_column_finds_nothing(graphql: GraphQLClient, selection: str):
    ArticlePageFactory(tags=["chung"])
    ZonePageFactory()
    query = f"query ($text: String) {{ {selection} {{ totalCount }} }}"
    assert [each["totalCount"] for each in graphql.data(query, text="a" * 60_000).values()] == [0]


def test_words_after_the_thousandth_character_are_not_read(
    graphql: GraphQLClient, django_capture_on_commit_callbacks
):
    HomePageFactory()
    with django_capture_on_commit_callbacks(execute=True):
        ArticlePageFactory(title="Trung Hà")
        ImageFactory(title="Trung Hà")
    query = "query ($text: String) { articles(search: $text) { nodes { title } } images(searchQuery: $text) { title } }"
    found = graphql.data(query, text="trung" + " " * 2000 + "không")
    assert found == {"articles": {"nodes": [{"title": "Trung Hà"}]}, "images": [{"title": "Trung Hà"}]}


def test_an_offset_is_told_as_it_was_given(graphql: GraphQLClient):
    [error] = graphql.post("{ pages(offset: 10001) { id } }").json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == (
        "`offset` is 10001; it can be 0 to 10000.",
        "BAD_PAGE_SIZE",
    )
