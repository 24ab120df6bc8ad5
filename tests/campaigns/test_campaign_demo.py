from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("demo")


LISTS = ["objectives", "requirements", "measures", "targets", "milestones", "participants"]
CAMPAIGNS = [("vi-nguoi-ngheo", (2021, 2025), "ENDED"), ("nong-thon-moi", (2026, 2030), "RUNNING")]


@pytest.mark.parametrize(("slug", "years", "state"), CAMPAIGNS)
def test_a_campaign_of_the_demonstration_has_all_that_a_campaign_can_have(graphql, slug, years, state):
    campaign = graphql.operation("campaign", "Campaign", urlPath=f"/phong-trao-thi-dua/{slug}/")["page"]
    assert (campaign["startYear"], campaign["endYear"], campaign["state"]) == (*years, state)
    assert [name for name in ["slogan", "heroImage", *LISTS] if not campaign[name]] == []
    assert all(measure["description"] for measure in campaign["measures"])
    assert all(0 < target["progressPercent"] <= 100 for target in campaign["targets"])
    assert campaign["articles"]["totalCount"] >= 2


def test_the_campaign_for_the_poor_rests_on_the_plan_of_2022(graphql):
    campaign = graphql.operation("campaign", "Campaign", urlPath="/phong-trao-thi-dua/vi-nguoi-ngheo/")[
        "page"
    ]
    [plan] = campaign["legalBasis"]
    assert (plan["number"], plan["issuedOn"]) == ("4524/KH-UBND", "2022-11-11")
    assert plan["document"]["url"].endswith(".pdf")
    assert len(campaign["measures"]) == 6
