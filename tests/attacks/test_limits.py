"""How much a request may ask for; every refusal tells the limit and what was asked."""

from __future__ import annotations

import pytest
from graphql import get_nullable_type, is_input_object_type, is_list_type

from cms.graphql.wagtail.build import schema
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.portal import ArticlePageFactory

COST = "query($first: Int) { articles(first: $first) { nodes { title } } }"
LIMITS = {
    "characters": 20_000,
    "fields": 5000,
    "comparisons": 5000,
    "tokens": 2000,
    "depth": 15,
    "aliases": 30,
    "directives": 30,
    "root_fields": 20,
    "cost": 20_000,
}


def refused(graphql: GraphQLClient, query: str, code: str, **variables: object) -> dict[str, object]:
    response = graphql.post(query, **variables)
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    errors = response.json()["errors"]
    assert [error["extensions"]["code"] for error in errors] == [code]
    return errors[0]


def nested(levels: int) -> str:
    return '{ page(slug: "trang-chu") { ' + "children { " * (levels - 2) + "title" + " }" * levels


def test_an_operation_is_not_deeper_than_its_limit(graphql: GraphQLClient, settings, no_rate_limits):
    settings.CMS_GRAPHQL_LIMITS = {**LIMITS, "cost": 10**9}
    graphql.data(nested(15))
    error = refused(graphql, nested(16), "DEPTH_LIMIT")
    assert error["message"] == "The operation has 16 levels; at most 15 may be asked for."
    assert error["extensions"] == {"code": "DEPTH_LIMIT", "limit": 15, "requested": 16}


def test_fragments_add_to_the_depth(graphql: GraphQLClient, settings):
    settings.CMS_GRAPHQL_LIMITS = {**LIMITS, "depth": 3}
    query = """{ page(id: 1) { ...A } } fragment A on PageInterface { ... on HomePage { children { ...B } } }
      fragment B on PageInterface { locale { ... on Locale { code } } }"""
    assert refused(graphql, query, "DEPTH_LIMIT")["extensions"]["requested"] == 4


@pytest.mark.parametrize(("number", "is_taken"), [(30, True), (31, False)])
def test_aliases_are_counted(graphql: GraphQLClient, number: int, is_taken: bool):
    aliases = " ".join(f"a{each}: name" for each in range(number))
    if is_taken:
        assert len(graphql.data(f"{{ site {{ {aliases} }} }}")["site"]) == 30
    else:
        assert refused(graphql, f"{{ site {{ {aliases} }} }}", "ALIAS_LIMIT")["extensions"]["requested"] == 31


def test_aliases_in_fragments_count_for_each_spread(graphql: GraphQLClient):
    query = "{ site { ...A } sites { ...A } } fragment A on Site { %s }"
    aliases = " ".join(f"a{each}: name" for each in range(16))
    assert refused(graphql, query % aliases, "ALIAS_LIMIT")["extensions"]["requested"] == 32


@pytest.mark.parametrize(("number", "is_taken"), [(20, True), (21, False)])
def test_fields_of_the_root_are_counted(graphql: GraphQLClient, number: int, is_taken: bool):
    query = (
        "{ " + " ".join(f'r{each}: redirect(path: "/{each}") {{ oldPath }}' for each in range(number)) + " }"
    )
    if is_taken:
        assert len(graphql.data(query)) == 20
    else:
        assert refused(graphql, query, "ROOT_FIELD_LIMIT")["extensions"]["requested"] == 21


@pytest.mark.parametrize("directive", ["@include(if: true)", "@skip(if: false)"])
def test_directives_are_counted(graphql: GraphQLClient, directive: str):
    fields = " ".join(f"name {directive}" for _each in range(31))
    assert refused(graphql, f"{{ site {{ {fields} }} }}", "DIRECTIVE_LIMIT")["extensions"]["requested"] == 31


def test_tokens_are_counted(graphql: GraphQLClient):
    error = refused(graphql, "{ site { " + "name " * 2000 + "} }", "TOKEN_LIMIT")
    assert error["message"] == "The document has more than 2000 tokens."


def test_only_one_mutation_is_sent_at_once(graphql: GraphQLClient):
    one = "mutation { issueVoterToken { voterToken } }"
    assert graphql.data(one)["issueVoterToken"]["voterToken"]
    two = "mutation { a: issueVoterToken { voterToken } ...B } fragment B on Mutation { b: issueVoterToken { voterToken } }"
    assert refused(graphql, two, "MUTATION_LIMIT")["extensions"] == {
        "code": "MUTATION_LIMIT",
        "limit": 1,
        "requested": 2,
    }


def test_every_answer_tells_its_cost(graphql: GraphQLClient):
    HomePageFactory()
    # The list 1 and its reading 20; each of its rows a `nodes`' value.
    for first, cost in ((1, 23), (100, 122)):
        answer = graphql.post(COST, first=first).json()
        assert answer["extensions"] == {"cost": {"requestedQueryCost": cost, "maximumAvailable": 20_000}}


def test_the_cost_is_told_where_it_is_too_high(graphql: GraphQLClient):
    query = "{ articles(first: 100) { nodes { relatedArticles(first: 20) { relatedArticles(first: 20) { title } } } } }"
    error = refused(graphql, query, "COST_LIMIT")
    cost = error["extensions"]["requested"]
    assert error["message"] == f"The operation has {cost} points of cost; at most 20000 may be asked for."
    assert error["extensions"]["cost"] == {"requestedQueryCost": cost, "maximumAvailable": 20_000}


@pytest.mark.parametrize("size", ["first: 100", "first: $n", "last: 100", "last: $n"])
def test_the_cost_grows_with_the_page_size_however_it_is_given(graphql: GraphQLClient, size: str):
    variables, given = ("($n: Int)", {"n": 100}) if "$n" in size else ("", {})
    cost = graphql.post(f"query{variables} {{ articles({size}) {{ nodes {{ id }} }} }}", **given).json()
    assert cost["extensions"]["cost"]["requestedQueryCost"] == 122


@pytest.mark.parametrize("size", [100, 100.0])
def test_a_whole_number_counts_however_it_is_written(graphql: GraphQLClient, size: float):
    query = "query ($n: Int) { articles(first: $n) { nodes { id } } }"
    for given, cost in ((1, 23), (size, 122), (1.0, 23)):
        answer = graphql.post(query, n=given).json()
        assert answer["extensions"]["cost"]["requestedQueryCost"] == cost


def test_a_default_of_a_variable_counts(graphql: GraphQLClient):
    query = "query($n: Int = 50) { articles(first: $n) { nodes { id } } }"
    for given, cost in (({}, 72), ({"n": 7}, 29), ({"n": None}, 42)):
        answer = graphql.post(query, **given).json()
        assert answer["extensions"]["cost"]["requestedQueryCost"] == cost


def test_lists_below_lists_multiply(graphql: GraphQLClient):
    ArticlePageFactory()
    query = "{ pages(limit: 5) { children(limit: 4) { title } } }"
    answer = graphql.post(query).json()
    # pages 1 + 5 x (children 30 + 4 x title), and two reads.
    assert answer["extensions"]["cost"]["requestedQueryCost"] == 1 + 5 * (30 + 4) + 2 * 20


def test_of_types_that_exclude_each_other_the_dearest_counts(graphql: GraphQLClient):
    query = "{ pages(limit: 10) { ... on ArticlePage { summary title } ... on ZonePage { areaHa } ... on CampaignPage { slogan } } }"
    assert graphql.post(query).json()["extensions"]["cost"]["requestedQueryCost"] == 1 + 10 * 2 + 20


REPEATED = "{" + "site{name}" * 490 + "}"
#: More than validation may compare, though there are few fields of the root: of one name, within fragments or between them.
SQUARES = [
    "{ site { " + "name " * 110 + "} }",
    "{ " + "site { name name name name name name name } " * 19 + "}",
    "{ site { " + "... on Site { name } " * 110 + "} }",
    "{ site { ...A } } fragment A on Site { " + "name " * 110 + "}",
    "{ site { name } } fragment A on Site { " + "name " * 110 + "}",
    "{ site { "
    + " ".join(f"...F{each}" for each in range(110))
    + " } }"
    + "".join(f"fragment F{each} on Site {{ name }} " for each in range(110)),
]


def test_an_operation_that_repeats_itself_is_refused_before_it_is_validated(graphql: GraphQLClient):
    # Validation would find that Site has no `nothing`, after it has compared each field with each other.
    assert refused(graphql, REPEATED.replace("name", "nothing"), "ROOT_FIELD_LIMIT")["extensions"] == {
        "code": "ROOT_FIELD_LIMIT",
        "limit": 20,
        "requested": 490,
    }


@pytest.mark.parametrize("query", SQUARES)
def test_repetitions_are_counted_wherever_they_stand(graphql: GraphQLClient, query: str):
    assert refused(graphql, query, "COMPARISON_LIMIT")["extensions"]["limit"] == 5000


def test_fields_are_counted_as_often_as_fragments_write_them_out(graphql: GraphQLClient):
    levels = "".join(
        f"fragment F{each} on Site {{ a: rootPage {{ ...F{each + 1} }} b: rootPage {{ ...F{each + 1} }} }} "
        for each in range(13)
    )
    # Aliases would be counted first; this is a document that could not be validated either.
    query = "{ site { ...F0 } } " + levels.replace("a: rootPage", "a").replace("b: rootPage", "b")
    assert refused(graphql, query + "fragment F13 on Site { name }", "FIELD_LIMIT")


def test_a_fragment_within_itself_is_for_validation_to_refuse(graphql: GraphQLClient):
    query = "{ site { ...A } } fragment A on Site { rootPage { ...B } } fragment B on PageInterface { children { ...B } }"
    refused(graphql, query, "GRAPHQL_VALIDATION_FAILED")


def test_characters_are_counted(graphql: GraphQLClient):
    query = "{ site { name } } #"
    graphql.data(query.ljust(20_000, "x"))
    error = refused(graphql, query.ljust(20_001, "x"), "CHARACTER_LIMIT")
    assert error["message"] == "The document has more than 20000 characters."


@pytest.mark.parametrize(
    ("query", "variable"),
    [
        ("mutation($v: [ID!]!) { castVote(input: { pollId: 1, optionIds: $v }) { accepted } }", "1"),
        ('query($v: [SearchType!]) { search(query: "a", types: $v) { totalCount } }', "ARTICLE"),
        ("query($v: [Int]) { images { srcSet(sizes: $v) } }", 320),
    ],
)
def test_a_list_in_variables_is_refused_before_it_is_converted(
    graphql: GraphQLClient, query: str, variable: object
):
    # The 101st entry is none that could be converted.
    response = graphql.post(query, v=[variable] * 100 + [{}])
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {
            "message": "A list that is sent has at most 100 entries.",
            "extensions": {"code": "INPUT_LIST_LIMIT", "limit": 100, "requested": 101},
        }
    ]


def test_a_list_in_a_document_is_not_longer_either(graphql: GraphQLClient):
    query = "{ images { srcSet(sizes: [%s]) } }"
    assert "errors" not in graphql.post(query % ("320 " * 100)).json()
    assert refused(graphql, query % ("320 " * 101), "INPUT_LIST_LIMIT")["extensions"]["requested"] == 101


def test_the_schema_tells_how_long_each_list_may_be():
    given = [
        each
        for type_ in schema.graphql_schema.type_map.values()
        if not type_.name.startswith("__")
        for field in getattr(type_, "fields", {}).values()
        for each in [*getattr(field, "args", {}).values(), *([field] if is_input_object_type(type_) else [])]
        if is_list_type(get_nullable_type(each.type))
    ]
    assert len(given) >= 3
    assert all("At most 100 entries." in each.description for each in given)
