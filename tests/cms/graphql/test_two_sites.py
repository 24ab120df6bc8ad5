"""Lists are of one site: that which is asked by its host, or that the argument `site` names."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from graphql import get_named_type
from wagtail.models import Page, Site

from articles.models import ArticleIndexPage
from campaigns.models import CampaignIndexPage
from cms.graphql.wagtail.build import schema
from home.models import HomePage
from polls.models import Poll
from tests.client import GraphQLClient
from tests.factories.articles import ArticleFactory, CategoryFactory, moment
from tests.factories.home import HomePageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZonePageFactory
from zones.models import ZoneMapPage

pytestmark = pytest.mark.django_db
OTHER = "khac.example"
QUERY = "query ($site: String) { articles(site: $site) { totalCount nodes { title } } }"
LISTS = [
    name
    for name, field in schema.graphql_schema.query_type.fields.items()
    if "nodes" in getattr(get_named_type(field.type), "fields", {})
    and "locale" in field.args
    and name != "search"
]


@pytest.fixture
def two_sites() -> None:
    home = HomePageFactory()
    ArticlePageFactory(title="Của tỉnh")
    other = Page.get_first_root_node().add_child(
        instance=HomePage(title="Khác", slug="khac", locale=home.locale)
    )
    Site.objects.create(hostname=OTHER, port=80, root_page=other)
    index = other.add_child(instance=ArticleIndexPage(title="Tin", slug="tin"))
    ArticleFactory(title="Của nơi khác", slug="cua-noi-khac", parent=index)


def titles(graphql: GraphQLClient, **asked: str) -> list[str]:
    found = graphql.data(QUERY, **asked)["articles"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


def test_a_list_and_its_count_are_of_the_site_that_is_asked(
    graphql: GraphQLClient, two_sites: None, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    assert titles(graphql) == ["Của tỉnh"]
    graphql.http.defaults["HTTP_HOST"] = OTHER
    assert titles(graphql) == ["Của nơi khác"]


@pytest.mark.parametrize("host", ["KHAC.example", "khac.example.", "Khac.Example:80"])
def test_a_host_is_the_same_however_it_is_written(
    graphql: GraphQLClient, two_sites: None, settings, host: str
):
    settings.ALLOWED_HOSTS = ["*"]
    graphql.http.defaults["HTTP_HOST"] = host
    assert titles(graphql) == ["Của nơi khác"]
    assert titles(graphql, site=host) == ["Của nơi khác"]


@pytest.mark.parametrize("host", ["testserver", OTHER])
def test_a_page_has_the_address_of_its_own_site_whichever_is_asked(
    graphql: GraphQLClient, two_sites: None, settings, host: str
):
    settings.ALLOWED_HOSTS = ["*"]
    settings.FRONTEND_URL = "https://tinh.example/"
    graphql.http.defaults["HTTP_HOST"] = host
    pages = graphql.data("{ pages { title url seo { canonicalUrl jsonLd } } }")["pages"]
    found = {page["title"]: page["seo"] for page in pages}
    own, other = found["Của tỉnh"], found["Của nơi khác"]
    assert own["canonicalUrl"].startswith("https://tinh.example/")
    assert other["canonicalUrl"] == "http://khac.example/tin/cua-noi-khac/"
    for values, root in ((own, "https://tinh.example/"), (other, "http://khac.example/")):
        steps = values["jsonLd"]["@graph"][-1]["itemListElement"]
        assert [step["item"] for step in steps if not step["item"].startswith(root)] == []


def test_the_argument_names_another_site(graphql: GraphQLClient, two_sites: None):
    assert titles(graphql, site=OTHER) == ["Của nơi khác"]
    assert titles(graphql, site="localhost") == ["Của tỉnh"]
    graphql.errors(QUERY, code="UNKNOWN_SITE", site="nirgends.example")


def test_a_site_finds_a_page_among_its_own_only(graphql: GraphQLClient, two_sites: None):
    query = """query ($slug: String, $path: String, $kind: String) {
      sites { hostname bySlug: page(slug: $slug) { title } byPath: page(urlPath: $path, contentType: $kind) { title } } }"""
    asked = {"slug": "cua-noi-khac", "path": "/tin/cua-noi-khac/", "kind": "articles.ArticlePage"}
    found = {site["hostname"]: site for site in graphql.data(query, **asked)["sites"]}
    page = {"title": "Của nơi khác"}
    assert found == {
        "localhost": {"hostname": "localhost", "bySlug": None, "byPath": None},
        OTHER: {"hostname": OTHER, "bySlug": page, "byPath": page},
    }
    elsewhere = graphql.data(query, **(asked | {"kind": "home.HomePage"}))["sites"]
    assert [site["byPath"] for site in elsewhere] == [None, None]


def test_a_second_site_takes_its_pages_out_of_kept_answers(graphql: GraphQLClient):
    home = HomePageFactory()
    ArticlePageFactory(title="Của tỉnh")
    other = Page.get_first_root_node().add_child(
        instance=HomePage(title="Khác", slug="khac", locale=home.locale)
    )
    index = other.add_child(instance=ArticleIndexPage(title="Tin", slug="tin"))
    ArticleFactory(title="Của nơi khác", slug="cua-noi-khac", parent=index)
    assert sorted(titles(graphql)) == ["Của nơi khác", "Của tỉnh"]
    Site.objects.create(hostname=OTHER, port=80, root_page=other)
    assert titles(graphql) == ["Của tỉnh"]


BESIDE = """{ articleCategories { articleCount }
  articles { nodes { title relatedArticles(first: 5) { title } } }
  zones { nodes { title nearby(first: 5) { zone { title } } } }
  snippets { ... on Poll { question } } }"""


@pytest.mark.parametrize(("host", "place"), [("testserver", "của tỉnh"), (OTHER, "nơi khác")])
def test_what_stands_beside_a_page_is_of_its_site(
    graphql: GraphQLClient, two_sites: None, settings, host: str, place: str
):
    settings.ALLOWED_HOSTS = ["*"]
    category, other = CategoryFactory(), Site.objects.get(hostname=OTHER)
    for name, parents in {
        "của tỉnh": {},
        "nơi khác": {
            "article": ArticleIndexPage.objects.get(slug="tin"),
            "zone": other.root_page.add_child(instance=ZoneMapPage(title="Bản đồ", slug="ban-do")),
            "poll": other,
        },
    }.items():
        for each in "ab":
            within = {"parent": parents["article"]} if parents else {}
            ArticleFactory(title=f"Tin {name} {each}", category=category, **within)
            within = {"parent": parents["zone"]} if parents else {}
            ZonePageFactory(title=f"Khu {name} {each}", **within)
        PollFactory(
            question=f"Ý kiến {name}", site=parents.get("poll") or Site.objects.get(hostname="localhost")
        )
    graphql.http.defaults["HTTP_HOST"] = host
    found = graphql.data(BESIDE)
    assert found["articleCategories"] == [{"articleCount": 2}]
    related = {
        node["title"]: [each["title"] for each in node["relatedArticles"]]
        for node in found["articles"]["nodes"]
    }
    assert related[f"Tin {place} a"] == [f"Tin {place} b"]
    near = {
        node["title"]: [each["zone"]["title"] for each in node["nearby"]] for node in found["zones"]["nodes"]
    }
    assert near[f"Khu {place} a"] == [f"Khu {place} b"]
    assert [each for each in found["snippets"] if each] == [{"question": f"Ý kiến {place}"}]


def test_the_feed_of_a_campaign_is_on_its_site(graphql: GraphQLClient, two_sites: None, settings):
    settings.ALLOWED_HOSTS = ["*"]
    CampaignPageFactory(title="Của tỉnh", slug="phong-trao")
    address = "/feeds/campaigns/phong-trao.json"
    assert graphql.http.get(address).json()["title"].startswith("Của tỉnh")
    assert graphql.http.get(address, headers={"host": OTHER}).status_code == 404
    list_there = Site.objects.get(hostname=OTHER).root_page.add_child(
        instance=CampaignIndexPage(title="Phong trào", slug="phong-trao-thi-dua")
    )
    CampaignPageFactory(title="Nơi khác", slug="phong-trao", parent=list_there)
    assert graphql.http.get(address).json()["title"].startswith("Của tỉnh")
    assert graphql.http.get(address, headers={"host": OTHER}).json()["title"].startswith("Nơi khác")


POLLS = """query ($site: String) {
  polls(site: $site, orderBy: OPENS_AT_ASC) { totalCount nodes { question } } }"""
SEARCH = """{ search(query: "ý kiến") { totalCount nodes { title } facets { type count } } }"""


@pytest.fixture
def three_polls(two_sites: None) -> None:
    here, there = Site.objects.get(hostname="localhost"), Site.objects.get(hostname=OTHER)
    for number, (name, site) in enumerate({"của tỉnh": here, "nơi khác": there, "chung": None}.items()):
        PollFactory(question=f"Ý kiến {name}", site=site, opens_at=moment(number + 1))
    call_command("reindex_search", verbosity=0)


def questions(graphql: GraphQLClient, **asked: str) -> list[str]:
    found = graphql.data(POLLS, **asked)["polls"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["question"] for node in found["nodes"]]


def test_polls_are_of_a_site_or_of_every_one(graphql: GraphQLClient, three_polls: None, settings):
    settings.ALLOWED_HOSTS = ["*"]
    ours, theirs = ["Ý kiến của tỉnh", "Ý kiến chung"], ["Ý kiến nơi khác", "Ý kiến chung"]
    assert questions(graphql) == questions(graphql, site="localhost") == ours
    assert questions(graphql, site=OTHER) == theirs
    assert {node["title"] for node in graphql.data(SEARCH)["search"]["nodes"]} == set(ours)
    graphql.http.defaults["HTTP_HOST"] = OTHER
    assert questions(graphql) == theirs
    found = graphql.data(SEARCH)["search"]
    assert {node["title"] for node in found["nodes"]} == set(theirs)
    assert (found["totalCount"], found["facets"]) == (2, [{"type": "POLL", "count": 2}])


def test_a_poll_that_changes_its_site_leaves_kept_answers(graphql: GraphQLClient, three_polls: None):
    assert "Ý kiến chung" in questions(graphql)
    poll = Poll.objects.get(question="Ý kiến chung")
    poll.site = Site.objects.get(hostname=OTHER)
    poll.save()
    assert questions(graphql) == ["Ý kiến của tỉnh"]


def test_the_form_of_a_poll_asks_for_a_site_where_there_are_several(graphql: GraphQLClient, tree: None):
    client = logged_in(person("superuser"))
    form = "/admin/snippets/polls/poll/add/"
    assert 'name="site"' not in client.get(form).content.decode()
    Site.objects.create(hostname=OTHER, port=80, root_page=Page.get_first_root_node())
    page = client.get(form).content.decode()
    assert 'name="site"' in page
    assert "Để trống: mọi trang web." in page


@pytest.mark.parametrize("name", LISTS)
def test_every_list_of_pages_takes_a_site_and_answers_of_one(
    graphql: GraphQLClient, two_sites: None, name: str
):
    assert {"articles", "campaigns", "zones"} <= set(LISTS)
    query = f"query ($site: String) {{ {name}(site: $site) {{ nodes {{ url }} }} }}"
    for site, whole in (("localhost", False), (OTHER, True)):
        urls = [node["url"] for node in graphql.data(query, site=site)[name]["nodes"]]
        assert [url for url in urls if url.startswith("http") != whole] == []
