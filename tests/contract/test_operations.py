"""Every request of the clients, on the demonstration's content, field by field."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from polls.models import Poll
from tests.client import GraphQLClient

pytestmark = pytest.mark.usefixtures("rendered")
FIRST = "Vì người nghèo - Không để ai bị bỏ lại phía sau"
URL = re.compile(r"http://127\.0\.0\.1:8000/media/images/\S+")


@pytest.fixture(scope="module")
def rendered(demo: None, django_db_blocker: Any) -> None:
    """The demonstration with its pictures at all sizes."""
    with django_db_blocker.unblock():
        call_command("make_renditions", stdout=StringIO())


@pytest.fixture
def first_url(graphql: GraphQLClient) -> str:
    found = graphql.data('{ articles(filter: { legalDocument: "4524/KH-UBND" }) { nodes { url title } } }')
    return next(node["url"] for node in found["articles"]["nodes"] if FIRST in node["title"])


def test_home(graphql: GraphQLClient):
    found = graphql.operation("home", "Home")
    site = found["site"]
    assert site["name"] == "Trang thông tin điện tử Ban quản lý các khu công nghiệp Phú Thọ"
    assert site["hotline"] == "0210.3843021"
    assert site["organization"] == "Ban quản lý các khu công nghiệp tỉnh Phú Thọ"
    assert [item["title"] for item in site["mainMenu"]] == [
        "Giới thiệu",
        "Tin tức – Sự kiện",
        "Văn bản pháp luật",
        "Thủ tục hành chính",
        "Các khu công nghiệp",
        "Xúc tiến đầu tư",
        "Phong trào thi đua",
        "Liên hệ",
    ]
    assert all(item["url"].startswith("/") and not item["openInNewTab"] for item in site["mainMenu"])
    assert [item["title"] for item in site["mainMenu"][4]["children"]] == ["Thụy Vân", "Phú Hà"]
    assert {link["platform"] for link in site["socialLinks"]} == {"facebook", "zalo"}
    assert URL.fullmatch(site["logo"]["rendition"]["url"])
    assert found["articles"]["totalCount"] >= 30
    assert len(found["articles"]["edges"]) == 10
    dates = [edge["node"]["publishedAt"] for edge in found["articles"]["edges"]]
    assert dates == sorted(dates, reverse=True)
    assert len(found["featured"]["edges"]) == 3
    assert [edge["node"]["startYear"] for edge in found["campaigns"]["edges"]] == [2026]
    assert found["zones"]["totalCount"] == 7
    for edge in found["zones"]["edges"]:
        assert edge["node"]["boundary"]["type"] == "Polygon"
    poll = found["polls"]["edges"][0]["node"]
    assert poll["state"] == "OPEN"
    assert 4 <= len(poll["options"]) <= 6
    assert (found["visitStatistics"]["today"], found["visitStatistics"]["yesterday"]) == (368, 353)


def test_article(graphql: GraphQLClient, first_url: str):
    page = graphql.operation("article", "Article", urlPath=first_url)["page"]
    assert page["__typename"] == "ArticlePage"
    assert (page["author"], page["source"]) == ("Nguyễn Việt Dũng", "Văn phòng")
    assert FIRST in page["campaign"]["title"]
    assert page["legalDocuments"][0]["number"] == "4524/KH-UBND"
    assert page["legalDocuments"][0]["issuer"] == "UBND tỉnh Phú Thọ"
    assert page["legalDocuments"][0]["issuedOn"] == "2022-11-11"
    assert [step["title"] for step in page["breadcrumbs"]] == [
        "Trang chủ",
        "Tin tức – Sự kiện",
        page["title"],
    ]
    assert page["breadcrumbs"][-1]["url"] == page["url"] == first_url
    assert page["seo"]["robots"] == "index, follow"
    assert page["seo"]["canonicalUrl"] == "http://127.0.0.1:8000" + first_url
    article, trail = page["seo"]["jsonLd"]["@graph"]
    assert (article["@type"], trail["@type"]) == ("NewsArticle", "BreadcrumbList")
    assert article["headline"] == page["title"]
    assert [item["position"] for item in trail["itemListElement"]] == [1, 2, 3]
    image = page["seo"]["image"]["rendition"]
    assert (image["width"], image["height"]) == (1200, 630)
    assert page["heroImage"]["alt"]
    assert re.fullmatch(r"\S+\.webp 640w, \S+\.webp 1280w, \S+\.webp 1600w", page["heroImage"]["srcSet"])
    assert 1 <= len(page["relatedArticles"]) <= 4
    around = [page["previousArticle"]["url"], page["nextArticle"]["url"]]
    dates = "query($u: String) { page(urlPath: $u) { ... on ArticlePage { publishedAt } } }"
    older, newer = (graphql.data(dates, u=url)["page"]["publishedAt"] for url in around)
    assert older < page["publishedAt"] < newer
    identities = [block["id"] for block in page["body"]]
    assert len(set(identities)) == len(identities)
    assert {block["__typename"] for block in page["body"]} >= {"HeadingBlock", "ParagraphBlock"}


def test_article_list(graphql: GraphQLClient):
    everything = graphql.operation("article-list", "ArticleList")
    total = everything["articles"]["totalCount"]
    assert total >= 30
    assert len(everything["articles"]["edges"]) == 20
    assert everything["articles"]["pageInfo"]["hasNextPage"] is True
    after = everything["articles"]["pageInfo"]["endCursor"]
    rest = graphql.operation("article-list", "ArticleList", after=after)["articles"]
    assert len(rest["edges"]) == min(20, total - 20)
    assert rest["pageInfo"]["hasPreviousPage"] is True
    counts = {each["slug"]: each["articleCount"] for each in everything["articleCategories"]}
    assert sum(counts.values()) == total
    slug, count = max(counts.items(), key=lambda each: each[1])
    filtered = graphql.operation("article-list", "ArticleList", filter={"category": slug})["articles"]
    assert filtered["totalCount"] == count
    assert {edge["node"]["category"]["slug"] for edge in filtered["edges"]} == {slug}


def test_campaign(graphql: GraphQLClient):
    url = graphql.data("{ campaigns(filter: { state: ENDED }) { nodes { url } } }")["campaigns"]["nodes"][0][
        "url"
    ]
    page = graphql.operation("campaign", "Campaign", urlPath=url)["page"]
    assert FIRST in page["title"]
    assert (page["startYear"], page["endYear"], page["state"]) == (2021, 2025, "ENDED")
    assert page["legalBasis"][0]["number"] == "4524/KH-UBND"
    assert len(page["measures"]) == 6
    assert all(measure["description"][0]["html"].startswith("<") for measure in page["measures"])
    assert page["targets"][0]["progressPercent"] is not None
    assert page["milestones"][0]["date"] == "2022-11-11"
    assert page["participants"]
    assert page["articles"]["totalCount"] >= 1


def test_zone_map_and_zone(graphql: GraphQLClient):
    url = graphql.data('{ pages(contentType: "zones.ZoneMapPage") { url } }')["pages"][0]["url"]
    found = graphql.operation("zone-map", "ZoneMap", urlPath=url)["page"]
    assert found["totals"]["zones"] == 7
    assert len(found["featureCollection"]["features"]) == 7
    assert found["viewport"]["bounds"] == {"west": 104.8, "south": 21.0, "east": 105.5, "north": 21.7}
    operating = graphql.operation("zone-map", "ZoneMap", urlPath=url, filter={"state": "OPERATING"})["page"]
    assert len(operating["zones"]["edges"]) == len(operating["featureCollection"]["features"]) == 3
    zone_url = next(
        edge["node"]["url"] for edge in found["zones"]["edges"] if "Thụy Vân" in edge["node"]["name"]
    )
    zone = graphql.operation("zone", "Zone", urlPath=zone_url)["page"]
    assert zone["formerDistrict"] == "Việt Trì"
    assert len(zone["nearby"]) == 3
    assert zone["boundaryAreaHa"] == pytest.approx(zone["areaHa"], rel=0.25)


def test_polls_and_a_vote(graphql: GraphQLClient):
    assert graphql.operation("poll", "Polls")["polls"]["totalCount"] == 3
    poll = graphql.data("{ polls(filter: { state: OPEN }) { nodes { id options { id } } } }")["polls"][
        "nodes"
    ][0]
    assert graphql.operation("poll", "Poll", id=poll["id"])["poll"]["state"] == "OPEN"
    option = poll["options"][0]["id"]
    vote = {"pollId": poll["id"], "optionIds": [option]}
    first = graphql.operation("poll", "CastVote", input=vote)["castVote"]
    assert first["errors"] == []
    assert first["receipt"]
    assert first["poll"]["resultsVisible"] is True
    second = graphql.operation("poll", "CastVote", input=vote)["castVote"]
    assert [error["code"] for error in second["errors"]] == ["ALREADY_VOTED"]
    assert second["receipt"] is None


def test_search(graphql: GraphQLClient):
    for words in ("vi nguoi ngheo", "VÌ NGƯỜI NGHÈO", "Vì người nghèo"):
        found = graphql.operation("search", "Search", query=words)["search"]
        assert found["totalCount"] >= 2
        assert FIRST in found["edges"][0]["node"]["title"]
        assert sum(facet["count"] for facet in found["facets"]) == found["totalCount"]
    for words in ("phuong tien", "phương tiện", "đường dây nong", "duong day nong"):
        found = graphql.operation("search", "Search", query=words)["search"]
        assert found["totalCount"] >= 1, words
        assert any("<mark>" in edge["node"]["excerpt"] or words for edge in found["edges"])
    only = graphql.operation("search", "Search", query="khu công nghiệp", types=["ZONE"])["search"]
    assert {edge["node"]["type"] for edge in only["edges"]} == {"ZONE"}
    assert graphql.operation("search", "Search", query="zzzz")["search"]["edges"] == []


def test_routes_lead_to_pages(graphql: GraphQLClient):
    routes = graphql.operation("routing", "Routes")["routes"]
    assert routes["totalCount"] == len(routes["edges"])
    urls = [edge["node"]["url"] for edge in routes["edges"]]
    assert len(set(urls)) == len(urls)
    assert "/" in urls
    for url in urls[::7]:
        assert graphql.data("query($u: String) { page(urlPath: $u) { url } }", u=url)["page"] == {"url": url}
    assert graphql.operation("routing", "Redirect", path="/khong-co")["redirect"] is None
    assert graphql.operation("routing", "Translations", urlPath="/")["page"]["locale"]["code"] == "vi"


def test_requests_for_grapples_own_fields(graphql: GraphQLClient):
    pages = graphql.operation("grapple", "GrapplePages", limit=5, offset=2)["pages"]
    assert len(pages) == 5
    assert {page["contentType"] for page in pages} == {"articles.ArticlePage"}
    assert {page["pageType"] for page in pages} == {"ArticlePage"}
    assert all(page["parent"]["title"] == "Tin tức – Sự kiện" for page in pages)
    assert all(block["rawValue"].startswith("{") for page in pages for block in page["body"])
    tree = graphql.operation("grapple", "GrappleTree")
    assert "Các khu công nghiệp" in [child["title"] for child in tree["page"]["children"]]
    assert [site["isDefaultSite"] for site in tree["sites"]] == [True]
    assert len(tree["images"]) == 5
    for image in tree["images"]:
        assert re.fullmatch(r"\S+ 320w(, \S+ 640w)?|\S+ 512w|\S+ 320w, \S+ 512w", image["srcSet"]), image[
            "srcSet"
        ]


def test_visits(graphql: GraphQLClient):
    before = graphql.data("{ visitStatistics { today } }")["visitStatistics"]["today"]
    after = graphql.operation("visit", "RecordVisit", input={"path": "/"})["recordVisit"]["statistics"]
    assert after["today"] == before + 1
    assert after["yesterday"] == 353


def test_a_preview_with_a_token_that_is_none(graphql: GraphQLClient):
    query = 'query($t: String!) { page(contentType: "articles.ArticlePage", token: $t) { title } }'
    graphql.errors(query, code="PREVIEW_TOKEN_INVALID", t="x")


def test_the_demo_is_loaded_again_without_duplicates(graphql: GraphQLClient):
    before = graphql.data("{ routes { totalCount } polls { totalCount } }")
    output = StringIO()
    call_command("load_demo", stdout=output)
    assert "all there" in output.getvalue()
    assert graphql.data("{ routes { totalCount } polls { totalCount } }") == before
    assert Poll.objects.count() == 3
