from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from polls.casting.voters import Voter, new_voter
from polls.casting.votes import Receipt
from polls.casting.voting import cast_vote
from polls.models import Ballot, Poll, PollOption, ResultsVisibility


class PollFactory(DjangoModelFactory):
    """An open, public poll with the options A, B and C, one choice, results visible to all."""

    class Meta:
        model = Poll
        skip_postgeneration_save = True

    class Params:
        scheduled = factory.Trait(opens_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=9)),
            closes_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )

    question = factory.Sequence(lambda number: f"Question {number}")
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    results_visibility = ResultsVisibility.ALWAYS
    texts = ("A", "B", "C")

    @classmethod
    def _create(cls, model_class: type[Poll], *args: Any, texts: tuple[str, ...] = (), **kwargs: Any) -> Poll:
        options = [PollOption(text=text, sort_order=order) for order, text in enumerate(texts)]
        poll = model_class(*args, **kwargs, options=options)
        # Wagtail asks once for the poll and once for each option to note the references of the whole poll, which was
        # half of the time that this takes. One time is enough.
        with disable_reference_index_auto_update():
            poll.save()
        update_reference_index_task.enqueue("polls", "poll", str(poll.pk))
        return poll


def option_ids(poll: Poll) -> list[int]:
    """Ids of a poll's options, in their order."""
    return list(PollOption.objects.filter(poll=poll).order_by("sort_order").values_list("pk", flat=True))


def vote(poll: Poll, *places: int, voter: Voter | None = None, **kwargs: Any) -> Receipt:
    """Vote for the options at these places of the poll, as a new voter if none is given."""
    options = option_ids(poll)
    chosen = [options[place] for place in places]
    return cast_vote(poll.pk, chosen, voter or new_voter(), **{"now": timezone.now(), **kwargs})


def old_vote(poll: Poll, *places: int) -> Ballot:
    """A ballot of a poll that may be closed by now."""
    receipt = vote(poll, *places, now=poll.opens_at)
    return Ballot.objects.get(receipt=receipt.number)
