from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.models import CampaignPage
from campaigns.periods import CampaignState, in_state, state_on
from tests.factories.campaigns import CampaignFactory

LIST = "query ($state: CampaignState) { campaigns(filter: {state: $state}) { totalCount nodes { title state } } }"
PERIOD = {"starts_on": date(2021, 1, 1), "ends_on": date(2025, 12, 31)}
DAYS = [
    (date(2020, 12, 31), CampaignState.PLANNED),
    (date(2021, 1, 1), CampaignState.RUNNING),
    (date(2025, 12, 31), CampaignState.RUNNING),
    (date(2026, 1, 1), CampaignState.ENDED),
]


@pytest.mark.parametrize(("day", "state"), DAYS)
def test_both_ends_of_a_period_belong_to_it(day, state):
    assert state_on(day, **PERIOD) == state


@pytest.mark.parametrize(("day", "state"), DAYS)
def test_the_database_finds_a_campaign_in_that_state_only(db, day, state):
    campaign = CampaignFactory(**PERIOD)
    assert [
        each for each in CampaignState if CampaignPage.objects.filter(in_state(each, day), pk=campaign.pk)
    ] == [state]


def test_campaigns_are_filtered_by_their_state_today(graphql):
    CampaignFactory(title="PLANNED", planned=True)
    CampaignFactory(title="RUNNING")
    CampaignFactory(title="ENDED", ended=True)
    for state in ("PLANNED", "RUNNING", "ENDED"):
        expected = {"totalCount": 1, "nodes": [{"title": state, "state": state}]}
        assert graphql.data(LIST, state=state) == {"campaigns": expected}
    assert graphql.data(LIST, state=None)["campaigns"]["totalCount"] == 3


def test_a_campaign_that_starts_or_ends_today_is_running(graphql):
    today = timezone.localdate()
    CampaignFactory(title="bắt đầu", starts_on=today)
    CampaignFactory(title="kết thúc", ends_on=today, starts_on=today - timedelta(days=9))
    nodes = graphql.data(LIST, state="RUNNING")["campaigns"]["nodes"]
    assert [node["title"] for node in nodes] == ["bắt đầu", "kết thúc"]


def test_a_state_that_there_is_not_is_a_typed_error(graphql):
    graphql.errors(LIST, state="LATE", code="BAD_USER_INPUT")


def test_the_campaign_that_started_last_is_first(graphql):
    for year in (2023, 2025, 2024):
        CampaignFactory(title=f"{year}", starts_on=date(year, 1, 1))
    nodes = graphql.data("{ campaigns { nodes { title } } }")["campaigns"]["nodes"]
    assert [node["title"] for node in nodes] == ["2025", "2024", "2023"]


def test_campaigns_that_are_not_public_are_neither_listed_nor_counted(graphql):
    CampaignFactory(live=False)
    CampaignFactory(expire_at=timezone.now() - timedelta(seconds=1))
    assert graphql.data(LIST) == {"campaigns": {"totalCount": 0, "nodes": []}}
