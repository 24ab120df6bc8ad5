"""The number of SQL statements of an operation depends on its shape, never on its rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import CampaignPage
from cms.content.models import LegalDocument
from home.models import FooterItem, MenuItem
from polls.models import Poll
from tests.accelerators import switch
from tests.client import OPERATIONS, GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZonePageFactory
from zones.models import Industry, ZonePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("countable")]
START = datetime(2026, 1, 1, tzinfo=UTC)


def grow(rows: range) -> None:
    """Make one of everything that lists show for each number, with all that hangs on it."""
    settings = settings_of(HomePageFactory())
    image, document = ImageFactory(rendered=True), DocumentFactory()
    for number in rows:
        campaign = CampaignPageFactory(starts_on=date(2026, 1, 1), ends_on=date(2036, 1, 1), hero_image=image)
        campaign.milestones.create(title="Mốc", date=date(2026, 2, 1))
        campaign.save()
        zone = _zone(number, document)
        poll = PollFactory()
        article = _article(number, campaign, image, document, poll, zone)
        MenuItem.objects.create(settings=settings, page=article)
        FooterItem.objects.create(settings=settings, page=zone)


def _zone(number: int, document) -> ZonePage:
    zone = ZonePageFactory()
    zone.industries.add(
        Industry.objects.get_or_create(slug=f"nganh-{number}", defaults={"name": f"Ngành {number}"})[0]
    )
    zone.enterprises.create(name="Công ty")
    zone.document_links.create(document=document)
    zone.save()
    return zone


def _article(number: int, campaign, image, document, poll: Poll, zone):
    blocks = [
        {"type": "picture", "value": {"image": image.pk, "caption": "", "credit": ""}},
        {"type": "gallery", "value": {"pictures": [{"image": image.pk, "caption": "", "credit": ""}] * 2}},
        {"type": "paragraph", "value": {"text": f'<p><a linktype="page" id="{campaign.pk}">x</a></p>'}},
        {"type": "attachment", "value": {"document": document.pk}},
        {
            "type": "call_to_action",
            "value": {"text": "x", "page": campaign.pk, "url": "", "style": "primary"},
        },
        {"type": "poll", "value": {"poll": poll.pk}},
        {"type": "zone_map", "value": {"zones": [zone.pk]}},
    ]
    article = ArticlePageFactory(
        slug=f"bai-{number}",
        published_at=START + timedelta(days=number),
        category=CategoryFactory(),
        campaign=campaign,
        hero_image=image,
        social_image=image,
        featured=True,
        body=blocks,
    )
    law = LegalDocument.objects.create(
        number=f"{number}/QD", title="Văn bản", issuer="UBND", issued_on=date(2026, 1, 1), document=document
    )
    article.attachments.create(document=document)
    article.legal_document_links.create(legal_document=law)
    article.tags.add("thẻ")
    article.save()
    return article


DEEP = """{ articles(first: 100) { totalCount nodes {
  url parent { title url } ancestors { title } breadcrumbs { title url } locale { code }
  seo { title canonicalUrl jsonLd image { rendition(preset: SOCIAL) { url } } }
  category { name articleCount } tags
  campaign { title url articles(first: 3) { totalCount nodes { title category { name } } } }
  heroImage { alt rendition(preset: CARD) { url alt } srcSet(preset: CARD, format: WEBP) tags { name } }
  attachments { title url } legalDocuments { number document { title url } }
  relatedArticles(first: 2) { title category { name } } previousArticle { title url } nextArticle { title url }
  body {
    id blockType rawValue
    ... on ParagraphBlock { html plainText }
    ... on PictureBlock { image { rendition(preset: WIDE) { url } } }
    ... on GalleryBlock { pictures { id image { rendition(preset: CARD) { url } } } }
    ... on AttachmentBlock { document { title url } }
    ... on CallToActionBlock { link: url }
    ... on PollBlock { poll { question totalVotes options { text votes percent image { alt } } } }
    ... on ZoneMapBlock { zones { name url industries { name } enterprises { name } documents { url } nearby { distanceKm zone { name } } } }
  }
} } }"""

MIXED = """{ pages(limit: 100) {
  title url contentType seo { description robots image { alt } } parent { title } siblings(limit: 2) { title }
  children(limit: 2) { title children(limit: 2) { title } } translations { title }
  ... on ArticlePage { summary category { name } } ... on ZonePage { areaHa industries { name } }
  ... on CampaignPage { slogan milestones { title } } ... on ZoneMapPage { totals { zones } legend { label } }
} }"""


def document(name: str) -> str:
    return (OPERATIONS / f"{name}.graphql").read_text()


#: Every query of the clients' documents, with its operation and variables.
DOCUMENTS: dict[str, tuple[str, str | None, dict]] = {
    "home": (document("home"), "Home", {}),
    "list": (document("article-list"), "ArticleList", {}),
    "article": (document("article"), "Article", {"urlPath": "/tin-tuc/bai-0/"}),
    "campaign": (document("campaign"), "Campaign", {"urlPath": "/vi-nguoi-ngheo/"}),
    "zone map": (document("zone-map"), "ZoneMap", {"urlPath": "/khu-cong-nghiep/"}),
    "zone": (document("zone"), "Zone", {"urlPath": "/khu-cong-nghiep/cam-khe/"}),
    "grapple pages": (document("grapple"), "GrapplePages", {"limit": 100}),
    "grapple tree": (document("grapple"), "GrappleTree", {}),
    "routes": (document("routing"), "Routes", {}),
    "redirect": (document("routing"), "Redirect", {"path": "/cu/"}),
    "translations": (document("routing"), "Translations", {"urlPath": "/tin-tuc/bai-0/"}),
    "polls": (document("poll"), "Polls", {}),
    "poll": (document("poll"), "Poll", {"id": "1"}),
    "search": (document("search"), "Search", {"query": "bai viet"}),
    "visits": (document("visit"), "VisitStatistics", {"from": "2026-01-01", "to": "2026-01-31"}),
}
#: Of each row all that there is: too much to ask of thirty.
WHOLE: dict[str, tuple[str, str | None, dict]] = {
    "everything of articles": (DEEP, None, {}),
    "pages of all types": (MIXED, None, {}),
}
#: Statements on PostgreSQL, where a level of a request is read in one; the promise, and not what they cost today.
CEILINGS = {"article": 8, "list": 5, "home": 14, "zone map": 6}


def statements(graphql: GraphQLClient, query: str, operation: str | None, variables: dict) -> list[str]:
    for _time in range(2):  # fills Django's content types and what else a process keeps
        graphql.post(query, operation=operation, **variables)
    with CaptureQueriesContext(connection) as captured:
        response = graphql.post(query, operation=operation, **variables)
    assert "errors" not in response.json()
    return [each["sql"] for each in captured]


def test_thirty_rows_cost_what_two_cost(graphql: GraphQLClient, settings: LazySettings, unlimited: None):
    switch(settings, answer_cache=False)
    costs: dict[str, list[int]] = {name: [] for name in DOCUMENTS | WHOLE}
    for begun, ended in ((0, 1), (1, 2), (2, 10), (10, 30)):
        grow(range(begun, ended))
        cache.clear()
        for name, asked in (DOCUMENTS if ended > 10 else DOCUMENTS | WHOLE).items():
            costs[name].append(len(statements(graphql, *_there(*asked))))
    # What is alone may cost less: it has nothing beside it that would have to be read.
    assert {name: found for name, found in costs.items() if found[0] > found[1]} == {}
    assert {name: found for name, found in costs.items() if len(set(found[1:])) > 1} == {}
    if connection.vendor == "postgresql":
        assert {name: costs[name][-1] for name, most in CEILINGS.items() if costs[name][-1] > most} == {}


def _there(query: str, operation: str, variables: dict) -> tuple[str, str, dict]:
    """The same question about something that is there."""
    paths = {"Zone": ZonePage, "Campaign": CampaignPage}
    if model := paths.get(operation):
        variables = {"urlPath": model.objects.order_by("pk")[0].get_url_parts()[2]}
    if operation == "Poll":
        variables = {"id": str(Poll.objects.order_by("pk")[0].pk)}
    return query, operation, variables


def test_a_list_does_not_read_bodies(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=False)
    grow(range(1))
    sql = statements(graphql, "{ articles { nodes { title summary } } }", None, {})
    articles = [each for each in sql if "articles_articlepage" in each]
    assert len(articles) == 1
    assert '"articles_articlepage"."body"' not in articles[0]


def test_rows_are_counted_only_where_asked(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=False)
    grow(range(1))
    sql = statements(graphql, "{ articles { nodes { title } } }", None, {})
    assert [each for each in sql if "COUNT(" in each] == []


def test_what_a_variable_selects_costs_as_much_as_what_is_always_selected(graphql: GraphQLClient, settings):
    switch(settings, answer_cache=False)
    grow(range(3))
    more = "source campaign { title }"
    always = statements(graphql, f"{{ articles {{ nodes {{ title {more} }} }} }}", None, {})
    query = (
        f"query ($more: Boolean!) {{ articles {{ nodes {{ title ... @include(if: $more) {{ {more} }} }} }} }}"
    )
    # What was found out about the document without them is of no use with them.
    statements(graphql, query, None, {"more": False})
    assert len(statements(graphql, query, None, {"more": True})) == len(always)
