from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from campaigns.models import CampaignLegalBasis, Milestone, Participant, Target
from tests.factories.articles import ArticleFactory, LegalDocumentFactory, moment
from tests.factories.campaigns import CampaignFactory

TEXT = [{"type": "paragraph", "value": {"text": "<p>Giảm nghèo bền vững.</p>"}}]
HEADED = [{"type": "heading", "value": {"text": "Mục đích", "level": "3"}}, *TEXT]


@pytest.fixture
def campaign(db):
    campaign = CampaignFactory(
        title="Vì người nghèo",
        slug="vi-nguoi-ngheo",
        slogan="Không để ai bị bỏ lại phía sau",
        starts_on=date(2021, 1, 1),
        ends_on=date(2025, 12, 31),
        objectives=HEADED,
        requirements=TEXT,
        measures=[{"type": "measure", "value": {"title": "Tín dụng", "description": TEXT}}],
    )
    plan = LegalDocumentFactory(number="4524/KH-UBND")
    campaign.legal_basis_links = [CampaignLegalBasis(legal_document=plan)]
    campaign.targets = [
        Target(
            label="Hộ nghèo", unit="%", baseline=Decimal("5.2"), goal=Decimal("2.5"), current=Decimal("3.1")
        )
    ]
    campaign.milestones = [Milestone(title="Ban hành", date=date(2022, 11, 11), done=True)]
    campaign.participants = [Participant(name="Sở, ngành", role="Thực hiện")]
    campaign.save()
    return campaign


def test_a_campaign_is_answered_field_by_field(graphql, campaign):
    ArticleFactory(title="cũ", slug="cu", campaign=campaign, published_at=moment(1))
    ArticleFactory(title="mới", slug="moi", campaign=campaign, published_at=moment(2))
    page = graphql.operation("campaign", "Campaign", urlPath="/phong-trao/vi-nguoi-ngheo/")["page"]
    seo = page.pop("seo")
    assert seo["title"] == "Vì người nghèo"
    paragraph = {"__typename": "ParagraphBlock", "html": "<p>Giảm nghèo bền vững.</p>"}
    assert page == {
        "title": "Vì người nghèo",
        "url": "/phong-trao/vi-nguoi-ngheo/",
        "slogan": "Không để ai bị bỏ lại phía sau",
        "startYear": 2021,
        "endYear": 2025,
        "startsOn": "2021-01-01",
        "endsOn": "2025-12-31",
        "state": "ENDED",
        "legalBasis": [
            {
                "number": "4524/KH-UBND",
                "title": "Kế hoạch",
                "issuer": "UBND tỉnh Phú Thọ",
                "issuedOn": "2022-11-11",
                "document": None,
            }
        ],
        "objectives": [{"__typename": "HeadingBlock", "text": "Mục đích", "level": 3}, paragraph],
        "requirements": [paragraph],
        "measures": [{"title": "Tín dụng", "description": [paragraph]}],
        "targets": [
            {
                "label": "Hộ nghèo",
                "unit": "%",
                "baseline": 5.2,
                "goal": 2.5,
                "current": 3.1,
                "progressPercent": 77.8,
            }
        ],
        "milestones": [{"title": "Ban hành", "date": "2022-11-11", "done": True}],
        "participants": [{"name": "Sở, ngành", "role": "Thực hiện"}],
        "heroImage": None,
        "articles": {
            "totalCount": 2,
            "edges": [
                {
                    "node": {
                        "title": "mới",
                        "url": "/tin-tuc/moi/",
                        "publishedAt": "2026-01-02T00:00:00Z",
                    }
                },
                {"node": {"title": "cũ", "url": "/tin-tuc/cu/", "publishedAt": "2026-01-01T00:00:00Z"}},
            ],
        },
    }


def test_search_engines_are_told_of_an_event(graphql, campaign):
    query = '{ page(urlPath: "/phong-trao/vi-nguoi-ngheo/") { seo { jsonLd } } }'
    event = graphql.data(query)["page"]["seo"]["jsonLd"]["@graph"][0]
    assert (event["@type"], event["name"]) == ("Event", "Vì người nghèo")
    assert (event["startDate"], event["endDate"]) == ("2021-01-01", "2025-12-31")
    assert event["description"] == "Không để ai bị bỏ lại phía sau"


def test_the_articles_of_a_campaign_are_paged_and_filtered(graphql, campaign):
    for day in (1, 2, 3):
        ArticleFactory(title=f"{day}", campaign=campaign, published_at=moment(day), featured=day == 2)
    query = """query ($after: String, $filter: ArticleFilter) { page(urlPath: "/phong-trao/vi-nguoi-ngheo/") {
        ... on CampaignPage { articles(first: 2, after: $after, filter: $filter) {
          totalCount nodes { title } pageInfo { hasNextPage endCursor } } } } }"""
    first = graphql.data(query)["page"]["articles"]
    assert (first["totalCount"], first["nodes"]) == (3, [{"title": "3"}, {"title": "2"}])
    second = graphql.data(query, after=first["pageInfo"]["endCursor"])["page"]["articles"]
    assert second["nodes"] == [{"title": "1"}]
    assert second["pageInfo"]["hasNextPage"] is False
    assert graphql.data(query, filter={"featured": True})["page"]["articles"]["nodes"] == [{"title": "2"}]


def test_a_cursor_of_all_articles_is_refused_below_a_campaign(graphql, campaign):
    ArticleFactory(campaign=campaign)
    cursor = graphql.data("{ articles { pageInfo { endCursor } } }")["articles"]["pageInfo"]["endCursor"]
    query = "query ($after: String) { campaigns { nodes { articles(after: $after) { totalCount nodes { id } } } } }"
    graphql.errors(query, after=cursor, code="BAD_CURSOR")
