"""Templates: an article kept as one, and articles begun from it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticleCategory, ArticleLegalDocument, ArticlePage, ArticleTemplate
from cms.content.models import LegalDocument
from tests.client import GraphQLClient
from tests.factories.blocks import raw
from tests.factories.people import logged_in, person
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = pytest.mark.django_db

FIELDS = """{ articles { totalCount nodes { title summary author category { name } tags legalDocuments { number }
  body { ... on QuoteBlock { text } } } } }"""


@pytest.fixture
def page() -> ArticlePage:
    category = ArticleCategory.objects.create(name="Thông báo", slug="thong-bao")
    document = LegalDocument.objects.create(number="1/TB", title="Lịch", issuer="Ban", issued_on="2026-01-02")
    page = ArticlePageFactory(
        title="Lịch tiếp dân tháng 1",
        summary="Sapo",
        author="Văn phòng",
        category=category,
        parent=list_of_articles(),
        body=[raw("quote", text="Sáng thứ Hai.", attribution="")],
    )
    page.tags.add("Lịch")
    page.save()
    ArticleLegalDocument.objects.create(article=page, legal_document=document)
    return page


def kept(browser: Any, page: ArticlePage, **values: str) -> Any:
    form = {"name": "Lịch tiếp dân", "title_pattern": "Lịch tiếp dân tháng {month}/{year}", **values}
    return browser.post(reverse("save_article_template", args=[page.pk]), form, follow=True)


def test_an_article_is_begun_from_a_template(graphql: GraphQLClient, page):
    browser = logged_in(person("reporter"))
    editor = logged_in(person("editor"))
    told = kept(editor, page).content.decode()
    assert "“Lịch tiếp dân” đã thành mẫu" in told
    parent = page.get_parent()
    listed = browser.get(reverse("articles:index")).content.decode()
    assert reverse("use_article_template") in listed
    form = {"template": ArticleTemplate.objects.get().pk, "parent": parent.pk}
    # The article itself may be gone by then.
    shown = graphql.data(FIELDS)["articles"]["nodes"]
    page.delete()
    response = browser.post(reverse("use_article_template"), form)
    begun = ArticlePage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[begun.pk])
    assert begun.title in browser.get(response.url).content.decode()
    assert begun.title == f"Lịch tiếp dân tháng {timezone.localdate():%m/%Y}"
    assert (begun.live, begun.owner.username) == (False, "reporter")
    assert graphql.data(FIELDS)["articles"]["totalCount"] == 0
    begun.get_latest_revision().publish()
    assert graphql.data(FIELDS)["articles"]["nodes"] == [{**shown[0], "title": begun.title}]
    # Each is an article of its own.
    browser.post(reverse("use_article_template"), form)
    assert ArticlePage.objects.count() == 2


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("!!!", ["trang", "trang-2"]),
        ("공지사항", ["trang", "trang-2"]),
        ("Đường Hồ Chí Minh", ["duong-ho-chi-minh", "duong-ho-chi-minh-2"]),
        ("a" * 255, ["a" * 255, "a" * 253 + "-2"]),
        # One letter of the title is three of the address.
        ("ﬃ" * 255, ["ffi" * 85, "ffi" * 84 + "f-2"]),
    ],
    ids=["signs", "korean", "vietnamese", "long", "ligatures"],
)
def test_a_template_is_used_again_whatever_its_title(title: str, slugs: list[str]):
    template = ArticleTemplate.objects.create(name="Mẫu", title_pattern=title)
    browser = logged_in(person("reporter"))
    form = {"template": template.pk, "parent": list_of_articles().pk}
    for _use in slugs:
        opened = browser.post(reverse("use_article_template"), form, follow=True)
        assert opened.status_code == 200
    begun = ArticlePage.objects.filter(title=title).order_by("path")
    assert [each.slug for each in begun] == slugs
    assert [each.get_latest_revision_as_object().slug for each in begun] == slugs


def test_a_template_of_the_same_name_is_replaced_and_keeps_the_newest_draft(page):
    browser = logged_in(person("editor"))
    kept(browser, page)
    page.summary = "Sapo mới"
    page.save_revision()
    kept(browser, page)
    assert ArticleTemplate.objects.get().content["summary"] == "Sapo mới"
    names = browser.get(reverse("article_templates:index")).content.decode()
    assert "Lịch tiếp dân tháng {month}/{year}" in names


def test_readers_have_no_way_to_templates(graphql: GraphQLClient, page):
    kept(logged_in(person("editor")), page)
    page.delete()
    text = graphql.post(
        '{ snippets { __typename } pages { title } search(query: "tiep dan") { totalCount } }'
    )
    assert "Lịch" not in text.content.decode()
    types = graphql.data("{ __schema { types { name } } }")["__schema"]["types"]
    assert [each["name"] for each in types if "Template" in each["name"]] == []


def test_what_one_may_not_edit_is_no_template_and_where_one_may_not_add_nothing_begins(page):
    template = ArticleTemplate.objects.create(name="Mẫu", title_pattern="Bài")
    stranger = person("reporter")
    stranger.groups.clear()
    browser = logged_in(stranger)
    kept(browser, page)
    browser.post(reverse("use_article_template"), {"template": template.pk, "parent": page.get_parent().pk})
    assert (ArticleTemplate.objects.count(), ArticlePage.objects.count()) == (1, 1)
