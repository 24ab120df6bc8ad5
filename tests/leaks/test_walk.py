"""The walk of `walk.py` leads to all there is.

A field that nothing of the demonstration is reached by fails the test: it would be walked in vain.
"""

from __future__ import annotations

import pytest

from tests.client import GraphQLClient
from tests.leaks.asking import ask
from tests.leaks.walk import Walk, reached

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

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
