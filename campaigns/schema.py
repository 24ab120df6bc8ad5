"""Campaigns in GraphQL."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import QuerySet

from campaigns.blocks import MeasureBlock
from campaigns.models import CampaignPage, Milestone, Target
from campaigns.periods import CampaignState, in_state
from cms.graphql.execution.loading import Context
from cms.graphql.schema.fields import Children, Computed, Link, fields_of
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.registry import root_query
from cms.graphql.wagtail.blocks import Blocks
from cms.search.query import only_matching
from cms.search.registry import searchable, stream_text

searchable(
    CampaignPage,
    "CAMPAIGN",
    "Campaigns",
    text=lambda page: "\n".join([page.slogan, stream_text(page, "objectives", "requirements", "measures")]),
)

CampaignStateEnum = graphene.Enum.from_enum(
    CampaignState,
    description=lambda value: (
        f"The campaign is {value.name.lower()}." if value else "Where a campaign stands today."
    ),
)
CampaignOrder = order_enum(
    "CampaignOrder",
    "How campaigns are ordered.",
    STARTS_ON_DESC=(["-starts_on"], "Those that started last first."),
    STARTS_ON_ASC=(["starts_on"], "Those that started first first."),
    TITLE_ASC=(["title_key"], "By title, in Vietnamese alphabetical order."),
)


class CampaignFilter(FilterInput):
    """Which campaigns."""

    by_the_day = {"state"}

    state = graphene.InputField(CampaignStateEnum, description="Where they stand today (Asia/Ho_Chi_Minh).")

    def filter_state(queryset: QuerySet, value: Any, context: Context) -> QuerySet:
        return queryset.filter(in_state(CampaignState(value), context.today))


def _state(**kwargs: Any) -> Computed:
    return Computed(
        CampaignStateEnum,
        columns=["starts_on", "ends_on"],
        resolve=lambda campaign, info: campaign.state_on(info.context.today),
        required=True,
        description="Where it stands today (Asia/Ho_Chi_Minh).",
        **kwargs,
    )


@fields_of(CampaignPage)
class CampaignPageFields:
    start_year = Computed(
        graphene.Int, columns=["starts_on"], required=True, description="Year in which it starts."
    )
    end_year = Computed(
        graphene.Int, columns=["ends_on"], required=True, description="Year in which it ends."
    )
    starts_on = Computed(graphene.Date, required=True, description="First day.")
    ends_on = Computed(graphene.Date, required=True, description="Last day.")
    campaign_state = _state()
    state = _state(deprecation_reason="Use `campaignState`: other pages have a `state` of another type.")
    legal_basis = Children(
        "legal_basis_links", to="legal_document", description="Legal documents that it rests on."
    )
    objectives = Blocks("objectives", description="What it is for.")
    requirements = Blocks("requirements", description="What it asks of those who take part.")
    measures = Blocks("measures", of=MeasureBlock, description="What it does.")
    targets = Children("targets", description="Figures that it wants to reach.")
    milestones = Children("milestones", description="Dates in its course.")
    participants = Children("participants", description="Who takes part.")
    hero_image = Link("hero_image", description="The main picture.")


def _decimal(name: str, description: str) -> Computed:
    return Computed(
        graphene.Float,
        columns=[name],
        resolve=lambda target, info: float(getattr(target, name)),
        required=True,
        description=description,
    )


def _progress(target: Target, info: Any) -> float | None:
    return None if target.progress_percent is None else float(target.progress_percent)


@fields_of(Target)
class TargetFields:
    baseline = _decimal("baseline", "The figure at the start.")
    goal = _decimal("goal", "The figure to reach.")
    current = _decimal("current", "The figure now.")
    progress_percent = Computed(
        graphene.Float,
        columns=["baseline", "goal", "current"],
        resolve=_progress,
        description="How much of the way is done, 0 to 100; null where start and goal are the same.",
    )


@fields_of(Milestone)
class MilestoneFields:
    date = Computed(graphene.Date, required=True, description="When.")


@root_query
class CampaignQueries:
    campaigns = Connection(
        "campaigns.CampaignPage",
        filter=CampaignFilter,
        order=CampaignOrder,
        search=only_matching,
        localized=True,
        description="Public campaigns.",
    )
