"""Every way through the schema, to every type: nothing that is hidden shows on any of them.

The ways are made from introspection and the content is the demonstration's, so that a new field or a new type is
walked as soon as it is there. A field that nothing of the demonstration is reached by fails the test, too: it would be
walked in vain.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import get_page_models

from tests.client import GraphQLClient
from tests.leaks.secrets import WORD, hide
from tests.leaks.walk import Walk, reached

pytestmark = pytest.mark.django_db

#: Fields that lead to nothing in the demonstration, and why.
UNREACHED = {
    "nothing stands above a home page": {("HomePage", "ancestors"), ("HomePage", "parent")},
    "nothing stands below these": {
        (name, each)
        for name in ("ArticlePage", "CampaignPage", "ZonePage")
        for each in ("children", "descendants")
    },
    "every page is of a type of its own": {
        ("Page", each)
        for each in (
            *("ancestors", "breadcrumbs", "children", "descendants", "locale", "nextSiblings", "parent"),
            *("previousSiblings", "seo", "siblings", "translations"),
        )
    },
    "the last of the pages below home": {("ArticleIndexPage", "nextSiblings")},
    "no picture has one": {("Image", "focalPoint")},
    "it is a page by its arguments": {("Site", "page")},
}
#: Root fields that show the half that is to be hidden, as long as it is not.
SHOWING = {
    *("pages", "page", "articles", "campaigns", "zones", "polls", "poll", "search", "images", "image"),
    *("documents", "document", "routes", "redirects", "redirect", "tags", "snippets", "site", "node"),
}
BASE64 = re.compile(r"[A-Za-z0-9_-]{12,}")


TEXT = (Path(__file__).parents[2] / "schema.graphql").read_text()
ROOT_FIELDS = re.findall(r"^  (\w+)[(:]", TEXT.partition("\ntype Query {")[2].partition("\n}")[0], re.M)
TYPES = [name for name in re.findall(r"^type (\w+)", TEXT, re.M) if name != "Query"]
#: Parts that the walk past what is hidden is made in, side by side: a root field or a type each.
PARTS = [*(f"Query.{name}" for name in ROOT_FIELDS), *TYPES]


def ask(
    graphql: GraphQLClient, walk: Walk, part: str = "", **how: Any
) -> tuple[dict[str, str], set[tuple[str, str]], dict[str, str]]:
    """By field the request whose answer held the word; the fields that led to something; by field what went wrong."""
    shown, seen, wrong = {}, set(), {}
    for where, query in walk.requests(part, **how):
        answer = graphql.post(query).json()
        for error in answer.get("errors", []):
            wrong[where] = error["extensions"]["code"]
        text = json.dumps(answer, ensure_ascii=False)
        if WORD in (text + "".join(_decoded(text))).lower().replace(f'"{WORD}"', ""):
            shown[where] = query
        reached(answer.get("data"), seen)
    return shown, seen, wrong


def _decoded(text: str) -> Iterator[str]:
    """What stands in cursors, and in whatever else is written in base 64."""
    for found in BASE64.findall(text):
        with suppress(ValueError):
            yield base64.urlsafe_b64decode(found + "=" * (-len(found) % 4)).decode(errors="replace")


def test_every_way_is_in_a_part(walk: Walk):
    assert walk.ways.keys() - {"Query"} <= set(TYPES)
    assert set(walk.schema.query_type.fields) == set(ROOT_FIELDS)


# It is about the walk: whether it leads to all there is.
@pytest.mark.one_database
def test_every_field_leads_somewhere_and_shows_what_is_public(graphql: GraphQLClient, walk: Walk):
    shown, seen, wrong = ask(graphql, walk, with_arguments=False)
    assert set(wrong.values()) == {"BAD_ORDER"}  # `sites` have one order
    unreached = set().union(*UNREACHED.values())
    # A field may be reached by the ways to others only.
    for _where, query in sorted(walk.requests(with_arguments=False, mixed=2), key=lambda each: len(each[1])):
        ahead = set(walk.edges()) - seen - unreached
        if any(f"{kind}_{name}: " in query for kind, name in ahead):
            reached(graphql.post(query).json().get("data"), seen)
    assert set(walk.edges()) - seen == unreached
    # Where the walk does not find the word while it is public, it would look in vain when it is not.
    assert SHOWING - {where.removeprefix("Query.") for where in shown} == set()


@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_is_hidden_shows_by_any_way(
    graphql: GraphQLClient, walk: Walk, secret: dict[str, list], part: str
):
    hide(secret)
    shown, _seen, wrong = ask(graphql, walk, part, with_arguments=True)
    assert shown == {}
    assert set(wrong.values()) <= {"BAD_ORDER", "BAD_IMAGE_SIZE"}


def test_the_other_half_is_still_there(graphql: GraphQLClient, walk: Walk, secret: dict[str, list]):
    hide(secret)
    pages = graphql.data("{ pages(limit: 100) { __typename } }")["pages"]
    shown = {page["__typename"] for page in pages}
    assert shown == {model.__name__ for model in get_page_models()} - {"Page"}
