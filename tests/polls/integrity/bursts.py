"""Bursts of ballots, as the tests need them."""

from __future__ import annotations

from collections.abc import Iterable

from django.test import override_settings

from polls.casting.origins import Origin
from polls.integrity.bursts import flag_bursts
from polls.models import Ballot, Burst, Poll
from tests.factories.polls import vote

NETWORK = "0f" * 16


def burst_of(poll: Poll, *places: int, network: str = NETWORK, agents: Iterable[str] = ("a",)) -> Burst:
    """A flagged burst of ballots from one network, each for one of these options."""
    kinds = list(agents)
    for number, place in enumerate(places):
        last = vote(poll, place, origin=Origin(network, kinds[number % len(kinds)]))
    moment = Ballot.objects.get(receipt=last.number).created_at
    with override_settings(CMS_POLL_BURST_BALLOTS=len(places)):
        flag_bursts(poll.pk, moment)
    return Burst.objects.get(poll=poll, network=network, state=Burst.State.OPEN)
