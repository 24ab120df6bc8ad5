"""Differences that the oracle has found, each by the smallest operation that shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from articles.related import CANDIDATES
from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory, moment
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZonePageFactory
from tests.oracle.comparing import all_off, all_on, switched

pytestmark = pytest.mark.django_db


def asked(query: str, **variables: Any) -> dict[str, Any]:
    """The data of a query, which must be the same with all accelerators and with none."""
    client = GraphQLClient()
    with switched(all_off()):
        reference = client.data(query, **variables)
    with switched(all_on()):
        assert client.data(query, **variables) == reference
    return reference


def campaign() -> Any:
    return CampaignPageFactory(title="Vì người nghèo", starts_on=date(2021, 1, 1), hero_image=ImageFactory())


def test_seo_that_one_type_selects_more_of_is_whole_where_another_type_comes_first():
    campaign()
    query = """{ pages { __typename seo { title } ... on CampaignPage { seo { jsonLd image { alt } } } } }"""
    *others, seo = [page["seo"] for page in asked(query)["pages"]]
    assert [each.keys() for each in others] == [{"title"}] * len(others)
    assert others
    assert seo["title"] == "Vì người nghèo"
    assert seo["image"] == {"alt": "Workers at a gate"}
    event, trail = seo["jsonLd"]["@graph"]
    assert (event["@type"], event["name"], event["startDate"]) == ("Event", "Vì người nghèo", "2021-01-01")
    assert [step["name"] for step in trail["itemListElement"]][-1] == "Vì người nghèo"


def test_a_parent_that_one_type_selects_more_of_is_whole_where_another_type_comes_first():
    campaign()
    query = """{ pages { parent { title } ... on CampaignPage { parent { seoTitle seo { robots } } } } }"""
    *_others, last = asked(query)["pages"]
    assert last["parent"] == {
        "title": "Phong trào",
        "seoTitle": "Phong trào",
        "seo": {"robots": "index, follow"},
    }


def test_children_that_one_type_selects_more_of_are_whole_where_another_type_comes_first():
    campaign()
    query = """{ pages { children { title } ... on CampaignIndexPage { children { slug ... on CampaignPage { state } } } } }"""
    *_others, index, _campaign = asked(query)["pages"]
    [child] = index["children"]
    assert child["title"] == "Vì người nghèo"
    assert child["state"] == "ENDED"
    assert child["slug"].startswith("phong-trao-")


def test_breadcrumbs_that_one_type_selects_more_of_are_whole_for_that_type():
    """The ancestors were read once for all, and only those of the type that came first."""
    campaign()
    query = """{ pages { ... on CampaignPage { breadcrumbs { title } } breadcrumbs { url } } }"""
    found = [page["breadcrumbs"] for page in asked(query)["pages"] if "title" in page["breadcrumbs"][0]]
    assert [[step["title"] for step in trail] for trail in found] == [
        ["Trang chủ", "Phong trào", "Vì người nghèo"]
    ]


def test_what_is_related_to_an_article_does_not_depend_on_those_beside_it():
    """An old article that only another's tag brought in weighed most: it shares two things, and the newer ones one."""
    category = CategoryFactory()
    article = ArticlePageFactory(title="A", category=category, tags=["chung"], published_at=moment(20))
    ArticlePageFactory(title="B", tags=["riêng"], published_at=moment(21))
    ArticlePageFactory(title="Cũ", category=category, tags=["chung", "riêng"], published_at=moment(1))
    for number in range(CANDIDATES):
        ArticlePageFactory(title=f"C{number}", category=category, published_at=moment(2))
        ArticlePageFactory(title=f"D{number}", tags=["chung"], published_at=moment(2))
    related = "relatedArticles(first: 1) { title }"
    alone = asked(f"{{ page(id: {article.pk}) {{ ... on ArticlePage {{ {related} }} }} }}")["page"]
    nodes = asked(f"{{ articles(first: 2) {{ nodes {{ title {related} }} }} }}")["articles"]["nodes"]
    assert [node["title"] for node in nodes] == ["B", "A"]
    assert alone["relatedArticles"] == nodes[1]["relatedArticles"] == [{"title": f"C{CANDIDATES - 1}"}]
    assert nodes[0]["relatedArticles"] == [{"title": "Cũ"}]


def test_a_decimal_keeps_its_digits_whatever_is_read_beside_it():
    """On PostgreSQL one that was read in one statement with others came as a number of JSON, and lost its zeros."""
    ZonePageFactory(area_ha=Decimal("350.50"))
    zones = "zones(orderBy: AREA_DESC) { edges { cursor } }"
    alone = asked(f"{{ {zones} }}")["zones"]
    assert asked(f"{{ {zones} collections {{ nodeId }} }}")["zones"] == alone
