from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory, article_list
from tests.factories.campaigns import CampaignFactory, portal
from tests.factories.media import DocumentFactory, ImageFactory
from zones.models import ZoneMapPage

pytestmark = pytest.mark.one_database


@pytest.fixture
def editor(admin_user) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def form(**values):
    """What the browser sends for an article with a heading and a paragraph."""
    body = [
        ("heading", {"text": "Mục đích", "level": "2"}),
        ("paragraph", {"text": rich_text("<p>Giảm nghèo bền vững.</p>")}),
    ]
    lists = {name: inline_formset([]) for name in ("attachments", "legal_document_links", "comments")}
    basics = {
        "title": "Vì người nghèo",
        "slug": "vi-nguoi-ngheo",
        "summary": "Sapo",
        "published_at": "2022-11-14 08:00",
        "body": streamfield(body),
        "tags": '"giảm nghèo"',
    }
    return nested_form_data({**basics, **lists, **values})


def create(editor: Client, data, parent=None):
    parent = parent or article_list()
    return editor.post(reverse("wagtailadmin_pages:add", args=["articles", "articlepage", parent.pk]), data)


def test_an_editor_creates_a_draft_edits_it_and_publishes_it(editor, graphql):
    create(editor, form(author="Nguyễn Việt Dũng"))
    article = ArticlePage.objects.get(slug="vi-nguoi-ngheo")
    query = """{ page(urlPath: "/tin-tuc/vi-nguoi-ngheo/") {
        title ... on ArticlePage { publishedAt body { blockType } tags } } }"""
    assert article.live is False
    assert graphql.data(query) == {"page": None}

    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    editor.post(edit, {**form(title="Vì người nghèo 2022"), "action-publish": "action-publish"})
    assert graphql.data(query)["page"] == {
        "title": "Vì người nghèo 2022",
        "publishedAt": "2022-11-14T01:00:00Z",
        "body": [{"blockType": "HeadingBlock"}, {"blockType": "ParagraphBlock"}],
        "tags": ["giảm nghèo"],
    }


def test_an_editor_links_everything_that_an_article_can_have(editor):
    category, campaign, plan = CategoryFactory(), CampaignFactory(), LegalDocumentFactory()
    document, image = DocumentFactory(), ImageFactory(description="Bảy người nắm tay")
    data = form(
        category=category.pk,
        campaign=campaign.pk,
        hero_image=image.pk,
        featured="on",
        attachments=inline_formset([{"document": document.pk}]),
        legal_document_links=inline_formset([{"legal_document": plan.pk}]),
    )
    create(editor, {**data, "action-publish": "action-publish"})
    article = ArticlePage.objects.get(slug="vi-nguoi-ngheo")
    assert (article.live, article.featured) == (True, True)
    assert (article.category, article.campaign, article.hero_image) == (category, campaign, image)
    assert [each.document for each in article.attachments.all()] == [document]
    assert [each.legal_document for each in article.legal_document_links.all()] == [plan]


@pytest.mark.parametrize("missing", ["title", "published_at"])
def test_an_article_without_a_title_or_a_date_is_not_published(editor, missing):
    response = create(editor, {**form(**{missing: ""}), "action-publish": "action-publish"})
    assert missing in response.context["form"].errors
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("field", ["published_at", "go_live_at"])
def test_a_date_that_programs_write_for_none_is_refused(editor, field):
    answer = create(editor, form(**{field: "0001-01-01 00:00"}))
    assert answer.context["form"].errors[field] == ["Năm phải từ 1900 đến 9998."]
    assert not ArticlePage.objects.exists()


def test_a_picture_without_alternative_text_is_refused_as_the_main_picture(editor):
    response = create(editor, form(hero_image=ImageFactory(description="").pk))
    assert "hero_image" in response.context["form"].errors


def test_an_article_can_be_put_below_a_list_of_articles_only(db):
    assert ArticlePage.allowed_parent_page_models() == [ArticleIndexPage]
    assert ArticleIndexPage.allowed_subpage_models() == [ArticlePage]
    assert not ArticlePage.can_exist_under(ZoneMapPage())
    assert not ArticlePage.can_exist_under(ArticleFactory())


def test_the_admin_refuses_an_article_below_a_zone_map(editor):
    zone_map = portal().add_child(instance=ZoneMapPage(title="Bản đồ", slug="ban-do"))
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", zone_map.pk])
    assert editor.get(address).status_code in {302, 403}
    create(editor, form(), parent=zone_map)
    assert not ArticlePage.objects.exists()


def test_the_form_opens_with_todays_date_and_in_vietnamese(editor):
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", article_list().pk])
    page = editor.get(address).content.decode()
    for label in ("Tóm tắt", "Ngày đăng", "Tác giả", "Nguồn", "Chuyên mục", "Văn bản pháp luật", "Nổi bật"):
        assert label in page, label


def test_the_list_of_articles_shows_and_filters_what_editors_look_for(editor):
    category = CategoryFactory(name="Xúc tiến đầu tư")
    ArticleFactory(title="Mời gọi đầu tư", category=category, featured=True)
    ArticleFactory(title="Tin khác", published_at="2020-05-05T00:00:00Z")
    everything = editor.get("/admin/articles/").content.decode()
    assert "Mời gọi đầu tư" in everything
    assert "Tin khác" in everything
    for query in (f"category={category.pk}", "featured=true", "published_at_from=2026-01-01"):
        page = editor.get(f"/admin/articles/results/?{query}").content.decode()
        assert "Mời gọi đầu tư" in page, query
        assert "Tin khác" not in page, query


def test_an_editor_adds_a_category(editor):
    data = {"name": "Giới thiệu", "slug": "gioi-thieu", "description": ""}
    editor.post(reverse(ArticleCategory.snippet_viewset.get_url_name("add")), data)
    assert str(ArticleCategory.objects.get(slug="gioi-thieu")) == "Giới thiệu"


def test_two_categories_cannot_have_the_same_slug(editor):
    CategoryFactory(slug="gioi-thieu")
    data = {"name": "Giới thiệu", "slug": "gioi-thieu"}
    response = editor.post(reverse(ArticleCategory.snippet_viewset.get_url_name("add")), data)
    assert "slug" in response.context["form"].errors


def test_a_preview_shows_what_the_editor_has_not_saved(editor, graphql):
    article = ArticleFactory(title="Đã đăng", slug="da-dang", tags=("cũ",), category=CategoryFactory())
    ArticleFactory(title="liên quan", category=article.category)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    data = form(title="Đang viết", slug="da-dang", tags="mới", category=article.category.pk)
    assert editor.post(address, data).json()["is_valid"] is True
    place = parse_qs(urlsplit(editor.get(address)["Location"]).query)
    query = """query ($contentType: String!, $token: String!) { page(contentType: $contentType, token: $token) {
        title ... on ArticlePage { tags body { blockType } relatedArticles { title } nextArticle { title } } } }"""
    preview = graphql.data(query, contentType=place["contentType"][0], token=place["token"][0])["page"]
    assert preview == {
        "title": "Đang viết",
        "tags": ["mới"],
        "body": [{"blockType": "HeadingBlock"}, {"blockType": "ParagraphBlock"}],
        "relatedArticles": [{"title": "liên quan"}],
        "nextArticle": {"title": "liên quan"},
    }
    assert ArticlePage.objects.get(pk=article.pk).title == "Đã đăng"
