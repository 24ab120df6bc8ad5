"""A block whose stored value is broken is null, with an error at its place; the rest of the page is answered."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection

from articles.models import ArticlePage
from tests.client import OPERATIONS, GraphQLClient
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.django_db

ARTICLE = (OPERATIONS / "article.graphql").read_text()
SOUND = {"type": "paragraph", "value": {"text": "<p>Lành</p>"}, "id": "lanh"}
BROKEN = [
    {"type": "paragraph", "value": "no struct"},
    {"type": "paragraph", "value": None},
    {"type": "paragraph", "value": {"text": 7}},
    {"type": "picture", "value": {"image": "abc"}},
    {"type": "picture", "value": {"image": {"id": 1}}},
    {"type": "gallery", "value": {"pictures": "x"}},
    {"type": "poll", "value": {"poll": "x"}},
    {"type": "zone_map", "value": {"zones": "1"}},
    {"type": "call_to_action", "value": []},
    {"type": "attachment", "value": {"document": [1]}},
    {"type": "quote", "value": 3},
    {"type": "paragraph"},
]


def article_with(*blocks: Any) -> ArticlePage:
    """An article with blocks as no form would store them."""
    article = ArticlePageFactory(slug="bai")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_articlepage SET body = %s WHERE page_ptr_id = %s",
            [json.dumps(blocks), article.pk],
        )
    return article


@pytest.mark.parametrize("block", BROKEN, ids=json.dumps)
def test_a_broken_block_costs_itself_alone(graphql: GraphQLClient, block: Any):
    article = article_with(SOUND, block, SOUND | {"id": "sau"})
    response = graphql.post(ARTICLE, operation="Article", urlPath=article.get_url_parts()[2])
    answer = response.json()
    first, second, third = answer["data"]["page"]["body"]
    assert (first["plainText"], second, third["plainText"]) == ("Lành", None, "Lành")
    [error] = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["page", "body", 1], "BROKEN_CONTENT")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "body", [{"value": "x"}, [None], ["x"], {"a": 1}, 7, [{"type": ["x"]}], [SOUND, "x"]], ids=json.dumps
)
def test_what_is_no_list_of_blocks_costs_no_other_article(graphql: GraphQLClient, body: Any):
    broken, other = article_with(), ArticlePageFactory(slug="khac")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_articlepage SET body = %s WHERE page_ptr_id = %s", [json.dumps(body), broken.pk]
        )
    query = "{ articles { nodes { id body { ... on ParagraphBlock { plainText } } } } }"
    answer = graphql.post(query).json()
    bodies = {node["id"]: node["body"] for node in answer["data"]["articles"]["nodes"]}
    assert bodies[str(broken.pk)][-1:] == [None]
    assert bodies[str(other.pk)] == []
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BROKEN_CONTENT"]


def test_a_link_and_a_zone_that_can_be_none_cost_no_other_block(graphql: GraphQLClient):
    link = {"text": f'<p><a linktype="page" id="{"9" * 5000}">Liên kết</a></p>'}
    article = article_with(
        SOUND,
        {"type": "paragraph", "value": link},
        {"type": "zone_map", "value": {"zones": [["abc"], 10**30]}},
        {"type": "picture", "value": {"image": 10**30}},
    )
    query = """query ($id: ID!) { page(id: $id) { ... on ArticlePage { body {
      ... on ParagraphBlock { html } ... on ZoneMapBlock { zones { title } } ... on PictureBlock { image { id } } } } } }"""
    answer = graphql.post(query, id=str(article.pk)).json()
    assert answer["data"]["page"]["body"] == [
        {"html": "<p>Lành</p>"},
        {"html": "<p><a>Liên kết</a></p>"},
        {"zones": []},
        None,
    ]
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BROKEN_CONTENT"]


def test_a_broken_picture_costs_none_of_its_gallery(graphql: GraphQLClient):
    pictures = [{"image": ImageFactory().pk}, {"image": "abc"}, {"image": ImageFactory().pk}]
    article = article_with({"type": "gallery", "value": {"pictures": pictures}})
    query = "query ($id: ID!) { page(id: $id) { ... on ArticlePage { body { ... on GalleryBlock { pictures { image { id } } } } } } }"
    answer = graphql.post(query, id=str(article.pk)).json()
    found = answer["data"]["page"]["body"][0]["pictures"]
    assert [picture and picture["image"]["id"] for picture in found] == [
        str(pictures[0]["image"]),
        None,
        str(pictures[2]["image"]),
    ]
    assert [error["path"] for error in answer["errors"]] == [["page", "body", 0, "pictures", 1]]


def test_a_child_that_was_added_later_is_empty_where_it_was_not_stored(graphql: GraphQLClient):
    article = article_with({"type": "picture", "value": {}}, {"type": "quote", "value": {"text": "Lời"}})
    query = """query ($id: ID!) { page(id: $id) { ... on ArticlePage { body {
      ... on PictureBlock { caption image { id } } ... on QuoteBlock { text attribution } } } } }"""
    assert graphql.data(query, id=str(article.pk))["page"]["body"] == [
        {"caption": "", "image": None},
        {"text": "Lời", "attribution": ""},
    ]


def test_copies_and_drafts_have_blocks_of_their_own(graphql: GraphQLClient, admin_client):
    pictures = [{"type": "item", "id": "p", "value": {"image": ImageFactory().pk}}]
    article = ArticlePageFactory(
        slug="bai", body=[SOUND, {"type": "gallery", "value": {"pictures": pictures}, "id": "g"}]
    )
    copy = article.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"})
    query = "{ pages { ... on ArticlePage { body { id ... on GalleryBlock { pictures { id } } } } } }"
    ids = [
        each["id"]
        for page in graphql.data(query)["pages"]
        for block in page.get("body", [])
        for each in [block, *block.get("pictures", [])]
    ]
    assert len(ids) == len(set(ids)) == 6
    assert f"{article.pk}.body.lanh" in ids
    assert f"{copy.pk}.body.g.pictures.p" in ids
