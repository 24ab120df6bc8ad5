"""The visit counter in GraphQL."""

from __future__ import annotations

from datetime import date
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.graphql.execution.loading import LoadGenerator
from cms.graphql.schema.errors import BadInput
from cms.graphql.schema.fields import Root
from cms.graphql.schema.registry import root_mutation, root_query
from cms.operations.client_ip import client_ip
from visits.bots import is_bot
from visits.figures import VisitFigures, daily, figures, online
from visits.recording import record_visit

MAX_DAYS = 366
MAX_PATH = 2000


class DailyVisitsType(graphene.ObjectType):
    """Visits of one day."""

    class Meta:
        name = "DailyVisits"

    date = graphene.Date(required=True, description="The day, in Asia/Ho_Chi_Minh.")
    visits = graphene.Int(required=True, description="Page views.")
    visitors = graphene.Int(required=True, description="People, as far as they can be told apart.")


class VisitStatistics(graphene.ObjectType):
    """The visit counter. Days are those of Asia/Ho_Chi_Minh; weeks begin on Monday."""

    today = graphene.Int(required=True, description="Page views of today.")
    yesterday = graphene.Int(required=True, description="Page views of yesterday.")
    this_week = graphene.Int(required=True, description="Page views since Monday.")
    this_month = graphene.Int(required=True, description="Page views since the first of the month.")
    total = graphene.Int(required=True, description="Page views since the beginning.")
    online = graphene.Int(required=True, description="Visitors of the last five minutes.")
    daily = graphene.List(
        graphene.NonNull(DailyVisitsType),
        required=True,
        from_=graphene.Argument(graphene.Date, name="from", required=True, description="First day."),
        to=graphene.Argument(
            graphene.Date, required=True, description=f"Last day; at most {MAX_DAYS} days in all."
        ),
        description="Figures day by day.",
    )

    def resolve_online(root: VisitFigures, info: GraphQLResolveInfo) -> int:
        return online(info.context.now)

    def resolve_daily(root: VisitFigures, info: GraphQLResolveInfo, from_: date, to: date) -> list[Any]:
        if not 0 <= (to - from_).days < MAX_DAYS:
            raise BadInput(f"`from` to `to` is one day to {MAX_DAYS} days.", code="BAD_PERIOD", field="to")
        return daily(from_, to)


class RecordVisitInput(graphene.InputObjectType):
    """A page view."""

    path = graphene.String(required=True, description="Path of the page that is viewed, e.g. /tin-tuc/.")
    referrer = graphene.String(description="Address that the reader came from.")


class RecordVisitPayload(graphene.ObjectType):
    """The counter after a page view."""

    statistics = graphene.Field(VisitStatistics, required=True, description="The figures now.")


def visit_statistics(info: GraphQLResolveInfo) -> LoadGenerator:
    """The figures of the visit counter."""
    info.context.mark_live("visits")
    return (yield from figures(info.context.today, info.context.wanted))


@root_query
class VisitQueries:
    visit_statistics = Root(
        VisitStatistics, load=visit_statistics, required=True, description="The visit counter."
    )


@root_mutation
class VisitMutations:
    rate = "visit"

    record_visit = graphene.Field(
        RecordVisitPayload,
        required=True,
        input=graphene.Argument(RecordVisitInput, required=True, description="The page view."),
        description="Count a page view. Programs that name themselves as such are not counted.",
    )

    def resolve_record_visit(root: Any, info: GraphQLResolveInfo, input: Any) -> dict[str, Any]:
        if not input.path.startswith("/") or input.path.startswith("//") or len(input.path) > MAX_PATH:
            raise BadInput(
                "`path` is the path of a page: it begins with one slash.", code="BAD_PATH", field="path"
            )
        context = info.context
        # What can fail comes first: a reader who is told to try again was not counted yet.
        found = context.scheduler.result(lambda: visit_statistics(info))
        agent = context.request.headers.get("User-Agent", "")
        if not is_bot(agent):
            record_visit(address=client_ip(context.request.META), user_agent=agent, now=context.now)
            found = found.with_views({context.today: 1}, context.today)
        return {"statistics": found}
