from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleAttachment
from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory, moment
from tests.factories.campaigns import CampaignFactory
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = pytest.mark.usefixtures("countable")

EVERYTHING = """{
  articles(first: 100) { totalCount nodes {
    id title url publishedAt summary author source sourceUrl featured tags
    category { name slug articleCount } campaign { title url articles(first: 3) { totalCount nodes { title } } }
    heroImage { alt } attachments { title url } legalDocuments { number document { title } }
    body { __typename id ... on ParagraphBlock { html } ... on PictureBlock { image { alt } } }
    relatedArticles(first: 4) { title url tags relatedArticles(first: 2) { title } }
    previousArticle { title tags } nextArticle { title category { name } }
  } }
  articleCategories { name articleCount }
}"""


def write(number: int) -> None:
    """An article with everything, of a category, campaign and picture of its own or shared with its neighbours."""
    image = ImageFactory(description=f"Ảnh {number}")
    article = ArticleFactory(
        title=f"{number:02}",
        published_at=moment(1 + number % 5),
        category=CategoryFactory(),
        campaign=CampaignFactory(),
        hero_image=image,
        tags=("chung", f"riêng {number}"),
        legal_documents=[LegalDocumentFactory(document=DocumentFactory())],
        body=[
            {"type": "paragraph", "value": {"text": "<p>Nội dung</p>"}},
            {"type": "picture", "value": {"image": image.pk, "caption": "", "credit": ""}},
        ],
    )
    article.attachments = [ArticleAttachment(document=DocumentFactory())]
    article.save()


def statements(graphql) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        graphql.post(EVERYTHING)
    return [each["sql"] for each in captured]


def test_twenty_articles_take_the_statements_of_two(graphql, unlimited):
    # Of two, because a single article has no relatives and no neighbours to read.
    for number in range(2):
        write(number)
    graphql.data(EVERYTHING)
    two = statements(graphql)
    for number in range(2, 20):
        write(number)
    assert graphql.data(EVERYTHING)["articles"]["totalCount"] == 20
    twenty = statements(graphql)
    assert len(twenty) == len(two), "\n".join(twenty)


def test_only_selected_columns_are_read(graphql):
    write(1)
    with CaptureQueriesContext(connection) as captured:
        graphql.post("{ articles { nodes { title } } }")
    [rows] = [each["sql"] for each in captured if '"articles_articlepage"' in each["sql"]]
    assert "summary" not in rows
    assert "body" not in rows


def test_a_count_alone_reads_no_rows(graphql):
    write(1)
    with CaptureQueriesContext(connection) as captured:
        graphql.post("{ articles { totalCount } }")
    assert ["COUNT(" in each["sql"] for each in captured if "articlepage" in each["sql"]] == [True]
