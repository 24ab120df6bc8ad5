from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import ArticleAttachment
from cms.operations.dates import as_utc
from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory, moment
from tests.factories.campaigns import CampaignFactory
from tests.factories.media import DocumentFactory, ImageFactory

BODY = [
    {
        "type": "heading",
        "value": {"text": "Mục đích", "level": "2"},
        "id": "00000000-0000-4000-8000-000000000001",
    },
    {
        "type": "paragraph",
        "value": {"text": "<p>Vì <b>người nghèo</b>.</p>"},
        "id": "00000000-0000-4000-8000-000000000002",
    },
]


@pytest.fixture
def article(db):
    article = ArticleFactory(
        title="Vì người nghèo",
        slug="vi-nguoi-ngheo",
        published_at=moment(11, 1),
        summary="Sapo",
        author="Nguyễn Việt Dũng",
        source="Văn phòng",
        source_url="https://example.vn/",
        body=BODY,
        category=CategoryFactory(name="Tin tức", slug="tin"),
        campaign=CampaignFactory(title="Phong trào", slug="phong-trao-1"),
        hero_image=ImageFactory(
            title="Ảnh", description="Bảy người nắm tay", caption="Chung tay", credit="VP", rendered=True
        ),
        tags=("thi đua", "giảm nghèo"),
        legal_documents=[LegalDocumentFactory(number="4524/KH-UBND")],
    )
    article.attachments = [ArticleAttachment(document=DocumentFactory(title="Kế hoạch"))]
    article.save()
    return article


def test_an_article_is_answered_field_by_field(graphql, article):
    page = graphql.operation("article", "Article", urlPath="/tin-tuc/vi-nguoi-ngheo/")["page"]
    assert (page["__typename"], page["id"], page["url"]) == (
        "ArticlePage",
        str(article.pk),
        "/tin-tuc/vi-nguoi-ngheo/",
    )
    assert page["publishedAt"] == "2026-01-11T01:00:00Z"
    assert (page["summary"], page["author"], page["source"]) == ("Sapo", "Nguyễn Việt Dũng", "Văn phòng")
    assert page["sourceUrl"] == "https://example.vn/"
    assert page["category"] == {"name": "Tin tức", "slug": "tin"}
    assert page["tags"] == ["giảm nghèo", "thi đua"]
    assert page["campaign"] == {"title": "Phong trào", "url": "/phong-trao/phong-trao-1/"}
    assert page["legalDocuments"] == [
        {
            "number": "4524/KH-UBND",
            "title": "Kế hoạch",
            "issuer": "UBND tỉnh Phú Thọ",
            "issuedOn": "2022-11-11",
            "document": None,
        }
    ]
    assert (page["relatedArticles"], page["previousArticle"], page["nextArticle"]) == ([], None, None)


def test_the_files_of_an_article_are_answered(graphql, article):
    page = graphql.operation("article", "Article", urlPath="/tin-tuc/vi-nguoi-ngheo/")["page"]
    image = page["heroImage"]
    assert (image["alt"], image["caption"], image["credit"]) == ("Bảy người nắm tay", "Chung tay", "VP")
    assert image["rendition"]["alt"] == "Bảy người nắm tay"
    assert image["srcSet"].endswith("w")
    [attachment] = page["attachments"]
    assert attachment["title"] == "Kế hoạch"
    assert attachment["url"].startswith("http")


def test_the_body_is_answered_block_by_block(graphql, article):
    page = graphql.operation("article", "Article", urlPath="/tin-tuc/vi-nguoi-ngheo/")["page"]
    assert page["body"] == [
        {
            "__typename": "HeadingBlock",
            "id": f"{article.pk}.body.{BODY[0]['id']}",
            "blockType": "HeadingBlock",
            "text": "Mục đích",
            "level": 2,
            "anchor": "muc-dich",
        },
        {
            "__typename": "ParagraphBlock",
            "id": f"{article.pk}.body.{BODY[1]['id']}",
            "blockType": "ParagraphBlock",
            "html": "<p>Vì <b>người nghèo</b>.</p>",
            "plainText": "Vì người nghèo.",
        },
    ]


def test_search_engines_are_told_of_a_news_article(graphql, article):
    query = "query ($path: String!) { page(urlPath: $path) { seo { image { title } jsonLd } } }"
    seo = graphql.data(query, path="/tin-tuc/vi-nguoi-ngheo/")["page"]["seo"]
    news, breadcrumbs = seo["jsonLd"]["@graph"]
    assert seo["image"] == {"title": "Ảnh"}
    assert (news["@type"], news["headline"]) == ("NewsArticle", "Vì người nghèo")
    assert (news["datePublished"], news["description"]) == ("2026-01-11T01:00:00Z", "Sapo")
    assert news["author"] == {"@type": "Person", "name": "Nguyễn Việt Dũng"}
    assert news["publisher"] == {"@type": "Organization", "name": "Văn phòng"}
    assert breadcrumbs["@type"] == "BreadcrumbList"


def test_the_date_shown_may_lie_ahead(graphql):
    ahead = timezone.now() + timedelta(days=30)
    ArticleFactory(slug="thong-bao", published_at=ahead)
    page = graphql.data('{ page(urlPath: "/tin-tuc/thong-bao/") { ... on ArticlePage { publishedAt } } }')[
        "page"
    ]
    assert page == {"publishedAt": as_utc(ahead)}


def test_an_article_has_the_date_of_its_making_if_the_editor_gives_none(db):
    before = timezone.now()
    article = ArticleFactory._meta.model(title="Bài", slug="bai")
    assert before <= article.published_at <= timezone.now()
