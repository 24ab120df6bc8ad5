from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import CampaignLegalBasis, Milestone, Participant, Target
from tests.factories.articles import ArticleFactory, LegalDocumentFactory, moment
from tests.factories.campaigns import CampaignFactory
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.usefixtures("countable")

EVERYTHING = """{ campaigns(first: 100) { totalCount nodes {
    id title url slogan startYear endYear state
    legalBasis { number } objectives { id } requirements { id } measures { title description { id } }
    targets { label baseline progressPercent } milestones { title date } participants { name }
    heroImage { alt } articles(first: 2) { totalCount nodes { title publishedAt } pageInfo { hasNextPage } }
  } } }"""
TEXT = [{"type": "paragraph", "value": {"text": "<p>Nội dung</p>"}}]


def write(number: int) -> None:
    """A campaign with everything and three articles."""
    campaign = CampaignFactory(
        title=f"{number:02}",
        hero_image=ImageFactory(description=f"Ảnh {number}"),
        objectives=TEXT,
        requirements=TEXT,
        measures=[{"type": "measure", "value": {"title": "Việc", "description": TEXT}}],
    )
    campaign.legal_basis_links = [CampaignLegalBasis(legal_document=LegalDocumentFactory())]
    campaign.targets = [Target(label="t", baseline=Decimal(0), goal=Decimal(2), current=Decimal(1))]
    campaign.milestones = [Milestone(title="m", date=date(2026, 1, 1))]
    campaign.participants = [Participant(name="p")]
    campaign.save()
    for day in (1, 2, 3):
        ArticleFactory(title=f"{number:02}-{day}", campaign=campaign, published_at=moment(day))


def statements(graphql) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        graphql.post(EVERYTHING)
    return [each["sql"] for each in captured]


def test_twenty_campaigns_take_the_statements_of_one(graphql, unlimited):
    write(0)
    graphql.data(EVERYTHING)
    one = statements(graphql)
    for number in range(1, 20):
        write(number)
    nodes = graphql.data(EVERYTHING)["campaigns"]["nodes"]
    twenty = statements(graphql)
    assert len(twenty) == len(one), "\n".join(twenty)
    assert {node["title"]: node["articles"] for node in nodes} == {
        f"{number:02}": {
            "totalCount": 3,
            "nodes": [
                {"title": f"{number:02}-{day}", "publishedAt": f"2026-01-0{day}T00:00:00Z"} for day in (3, 2)
            ],
            "pageInfo": {"hasNextPage": True},
        }
        for number in range(20)
    }
