"""A page that is not public shows by no path: object kind x state x way to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from cms.search.indexing import refresh_entry
from cms.trash.moving import trash
from home.models import FooterItem, MenuItem
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles

pytestmark = pytest.mark.usefixtures("countable")

SECRET = "Bimat"


def draft(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(live=False)


def expired(page: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def by_password(page: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def by_login(page: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def by_group(page: ArticlePage) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Nội bộ"))


def below_a_restricted_page(page: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def trashed(page: ArticlePage) -> None:
    trash(page, user=None)


STATES = [draft, expired, by_password, by_login, by_group, below_a_restricted_page, trashed]

WAYS = {
    "by id": "query($id: ID!) { page(id: $id) { title } }",
    "by slug": '{ page(slug: "bi-mat") { title } }',
    "by path": '{ page(urlPath: "/muc-kin/bi-mat/") { title } }',
    "pages": '{ pages(limit: 100, contentType: "articles.ArticlePage") { title } }',
    "pages by search": '{ pages(searchQuery: "bimat") { title } }',
    "articles": "{ articles { totalCount nodes { title } } }",
    "featured": "{ articles(filter: { featured: true }) { totalCount nodes { title } } }",
    "articles by search": '{ articles(search: "bimat") { totalCount nodes { title } } }',
    "search": '{ search(query: "bimat") { totalCount facets { count } suggestion nodes { title excerpt page { title } } } }',
    "descendants": '{ page(slug: "trang-chu") { descendants(limit: 100) { title } } }',
    "children": '{ page(slug: "trang-chu") { children { title children { title } } } }',
    "siblings": '{ page(slug: "ben-canh") { siblings { title } nextSiblings { title } previousSiblings { title } } }',
    "related": '{ page(slug: "ben-canh") { ... on ArticlePage { relatedArticles { title } previousArticle { title } nextArticle { title } } } }',
    "campaign": "{ campaigns { nodes { articles { totalCount nodes { title } } } } }",
    "menus": "{ site { mainMenu { title url } footerMenu { title url } } }",
    "routes": "{ routes { totalCount nodes { url } } }",
    "redirects": "{ redirects { oldPath newUrl page { title } } }",
    "redirect": '{ redirect(path: "/duong-cu") { oldPath newUrl page { title } } }',
    "links in text": '{ page(slug: "ben-canh") { ... on ArticlePage { body { ... on ParagraphBlock { html } ... on CallToActionBlock { url } } } } }',
    "tags": "{ tags { name } }",
}


@pytest.fixture(scope="module")
def content(shared: None) -> int:
    """A public article that every way leads to, and what leads there; the article's primary key."""
    return _article_with_ways().pk


@pytest.fixture
def secret(content: int, db: None) -> ArticlePage:
    """The article; its title and its address hold a word of their own."""
    return ArticlePage.objects.get(pk=content)


def _article_with_ways() -> ArticlePage:
    home = HomePageFactory()
    campaign = CampaignPageFactory()
    index = list_of_articles("muc-kin")
    page = ArticlePageFactory(
        title=f"{SECRET} một", slug="bi-mat", parent=index, campaign=campaign, featured=True
    )
    page.tags.add(SECRET)
    page.save()
    text = f'<p><a linktype="page" id="{page.pk}">liên kết</a></p>'
    body = [
        {"type": "paragraph", "value": {"text": text}},
        {"type": "call_to_action", "value": {"text": "Đọc", "page": page.pk, "url": "", "style": "primary"}},
    ]
    ArticlePageFactory(title="Bên cạnh", slug="ben-canh", parent=index, campaign=campaign, body=body)
    settings = settings_of(home)
    MenuItem.objects.create(settings=settings, page=page)
    FooterItem.objects.create(settings=settings, page=page)
    Redirect.objects.create(old_path="/duong-cu", redirect_page=page)
    refresh_entry.call("articles", "articlepage", page.pk)
    return page


def shows(graphql: GraphQLClient, way: str, page: ArticlePage) -> bool:
    variables = {"id": page.pk} if "$id" in WAYS[way] else {}
    text = graphql.post(WAYS[way], **variables).content.decode().lower()
    assert '"errors"' not in text, text
    return SECRET.lower() in text or "bi-mat" in text


@pytest.mark.parametrize("way", list(WAYS))
def test_a_public_page_shows(graphql: GraphQLClient, secret: ArticlePage, way: str):
    assert shows(graphql, way, secret)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("way", list(WAYS))
def test_a_hidden_page_does_not_show(
    graphql: GraphQLClient, secret: ArticlePage, way: str, state: Callable[[ArticlePage], None]
):
    # The answer is kept by now: what becomes hidden must be gone from the caches, too.
    assert shows(graphql, way, secret)
    assert shows(graphql, way, secret)
    state(secret)
    assert not shows(graphql, way, secret)


@pytest.mark.parametrize("state", STATES)
def test_a_hidden_page_is_not_counted(graphql: GraphQLClient, secret: ArticlePage, state: Callable):
    before = graphql.data("{ articles { totalCount } routes { totalCount } }")
    state(secret)
    after = graphql.data("{ articles { totalCount } routes { totalCount } }")
    hidden = 2 if state is below_a_restricted_page else 1
    assert before["articles"]["totalCount"] - after["articles"]["totalCount"] == hidden
    assert after["routes"]["totalCount"] < before["routes"]["totalCount"]


def test_the_parent_of_a_page_is_null_where_it_is_a_draft(graphql: GraphQLClient, secret: ArticlePage):
    parent = secret.get_parent()
    parent.live = False
    parent.save()
    query = '{ page(slug: "ben-canh") { parent { title } ancestors { title } breadcrumbs { title } } }'
    assert graphql.data(query)["page"] == {
        "parent": None,
        "ancestors": [{"title": "Trang chủ"}],
        "breadcrumbs": [{"title": "Trang chủ"}, {"title": "Bên cạnh"}],
    }


def test_a_link_to_a_hidden_page_stays_as_text(graphql: GraphQLClient, secret: ArticlePage):
    draft(secret)
    query = '{ page(slug: "ben-canh") { ... on ArticlePage { body { ... on ParagraphBlock { html } } } } }'
    assert graphql.data(query)["page"]["body"][0] == {"html": "<p><a>liên kết</a></p>"}


@pytest.mark.parametrize("state", STATES)
def test_a_hidden_page_takes_what_a_page_takes_that_never_was(
    graphql: GraphQLClient, secret: ArticlePage, state: Callable, settings
):
    """Neither the answer nor the work for it tells that there is something under an id, an address or a slug."""
    switch(settings, answer_cache=False)
    state(secret)
    asked = [
        ("query($id: ID) { page(id: $id) { title parent { title } } }", {"id": secret.pk}, {"id": 10**9}),
        ("query($id: ID!) { pages(id: $id) { title } }", {"id": secret.pk}, {"id": 10**9}),
        ("query($slug: String) { page(slug: $slug) { title } }", {"slug": "bi-mat"}, {"slug": "khong-co"}),
        (
            "query($path: String) { page(urlPath: $path) { title } }",
            {"path": "/muc-kin/bi-mat/"},
            {"path": "/muc-kin/khong-co/"},
        ),
    ]
    graphql.post("{ pages { title } }")  # what is closed is read once
    for query, hidden, nothing in asked:
        assert work(graphql, query, hidden) == work(graphql, query, nothing)


def work(graphql: GraphQLClient, query: str, variables: dict) -> tuple[dict, int]:
    with CaptureQueriesContext(connection) as captured:
        answer = graphql.post(query, **variables).json()
    return answer, len(captured)
