"""Numbers of ballots beside polls in the admin's lists."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from polls.models import Ballot, Burst, OptionTally


def with_ballot_count(polls: QuerySet) -> QuerySet:
    """`polls`, each with the number of ballots that count as `ballot_count`: one for each voter."""
    tallies = OptionTally.objects.filter(option__poll=OuterRef("pk")).order_by().values("option__poll")
    return polls.annotate(ballot_count=_or_zero(tallies.annotate(number=Sum("ballots"))))


def with_ballots_beside(polls: QuerySet) -> QuerySet:
    """`polls`, each also with ballots that do not count, as `replaced_count` and `set_aside_count`, and open bursts
    as `burst_count`."""
    cast = Ballot.objects.filter(poll=OuterRef("pk")).order_by().values("poll")
    held = cast.filter(is_replaced=False, set_aside__isnull=False)
    bursts = Burst.objects.filter(poll=OuterRef("pk"), state=Burst.State.OPEN).order_by().values("poll")
    return with_ballot_count(polls).annotate(
        replaced_count=_or_zero(cast.annotate(number=Count("pk", filter=Q(is_replaced=True)))),
        set_aside_count=_or_zero(held.annotate(number=Count("pk"))),
        burst_count=_or_zero(bursts.annotate(number=Count("pk"))),
    )


def _or_zero(numbers: QuerySet) -> Coalesce:
    return Coalesce(Subquery(numbers.values("number"), output_field=IntegerField()), 0)
