"""Lists by title are in Vietnamese alphabetical order, on every database."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from articles.models import ArticlePage
from campaigns.models import CampaignPage
from cms.content.alphabetical import alphabetical_key, write_keys
from tests.client import GraphQLClient
from tests.factories.articles import ArticleFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.zones import ZonePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]

#: As in a dictionary: signs and digits, letters, then tones, then capitals; f, j, w and z where the Latin alphabet has them.
ORDERED = [
    "“Dân vận khéo”",
    "(Dự thảo) Kế hoạch",
    "10 năm",
    "2 năm",
    "ám ảnh",
    "an cư",
    "An cư",
    "án lệ",
    "an ninh",
    "ăn năn",
    "ân cần",
    "ấn phẩm",
    "bà",
    "bả",
    "bã",
    "bá",
    "bạ",
    "cô dâu",
    "cơ quan",
    "dân vận",
    "Dự thảo",
    "đa dạng",
    "Đường đi",
    "em",
    "êm",
    "Facebook",
    "hoà bình",
    "ma",
    "Ma",
    "mà",
    "mả",
    "mã",
    "má",
    "mạ",
    "nghèo",
    "oai",
    "ông",
    "ơn",
    "tự do",
    "Từ điển",
    "tư pháp",
    "ủng hộ",
    "ưng thuận",
    "vì",
    "Vĩnh Phúc",
    "web",
    "xã",
    "y tế",
    "zalo",
]
PAGE = """query ($after: String) {
  articles(orderBy: TITLE_ASC, first: 7, after: $after) { nodes { title } pageInfo { endCursor hasNextPage } } }"""


def walked(graphql: GraphQLClient) -> list[str]:
    titles, after = [], None
    while True:
        page = graphql.data(PAGE, after=after)["articles"]
        titles += [node["title"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return titles


def test_articles_by_title_are_in_alphabetical_order_page_by_page(graphql: GraphQLClient):
    shuffled = random.Random(1).sample(ORDERED, len(ORDERED))
    for title in shuffled:
        ArticleFactory(title=title)
    assert walked(graphql) == ORDERED


def test_campaigns_and_zones_by_title_are_in_alphabetical_order(graphql: GraphQLClient):
    for title in ("Đồng hành", "Dân vận", "Ấm áp", "An cư"):
        CampaignFactory(title=title)
        ZonePageFactory(title=title)
    found = graphql.data("{ campaigns(orderBy: TITLE_ASC) { nodes { title } } zones { nodes { name } } }")
    ordered = ["An cư", "Ấm áp", "Dân vận", "Đồng hành"]
    assert [node["title"] for node in found["campaigns"]["nodes"]] == ordered
    assert [node["name"] for node in found["zones"]["nodes"]] == ordered


def test_a_title_that_is_published_anew_moves(graphql: GraphQLClient):
    for title in ("Ba", "Đá"):
        ArticleFactory(title=title)
    page = ArticlePage.objects.get(title="Ba")
    page.title = "Êm"
    page.save_revision().publish()
    assert walked(graphql) == ["Đá", "Êm"]


def test_the_migration_writes_the_keys_of_what_is_there(graphql: GraphQLClient):
    for title in ("Đá", "Ba", "Ăn"):
        CampaignFactory(title=title)
    CampaignPage.objects.update(title_key="")
    write_keys(CampaignPage, "title_key", connection)
    by_key = CampaignPage.objects.order_by("title_key").values_list("title", flat=True)
    assert list(by_key) == ["Ăn", "Ba", "Đá"]


def test_the_order_is_the_one_of_cldr(graphql: GraphQLClient):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has it beside ours")
    letters = "aàảãáạăằắâầậbcdđeêềfijoôồơờuưừwyzAÀẠĂẬĐÊƠƯ  -–,.;:!?'\"“”()/&%+0123456789üñé"
    draw = random.Random(2)
    texts = ["".join(draw.choices(letters, k=draw.randint(1, 6))) for _each in range(3000)]
    with connection.cursor() as cursor:
        cursor.execute('SELECT text FROM unnest(%s) AS text ORDER BY text COLLATE "vi-x-icu"', [texts])
        expected = [text for (text,) in cursor.fetchall()]
    found = sorted(texts, key=alphabetical_key)
    assert [alphabetical_key(text) for text in found] == [alphabetical_key(text) for text in expected]
