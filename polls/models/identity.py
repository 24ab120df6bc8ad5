"""Options stay the same options, whatever is published.

Revisions hold options by value. A draft's new option has no id, each publication of it would make another one, and a
revision that lacks an option would delete it, with what readers voted. So each option has a key that travels with it.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from modelcluster.models import ClusterableModel
from wagtail.log_actions import log

from cms.content.clusters import is_in_memory

if TYPE_CHECKING:
    from polls.models.options import PollOption

#: What the log calls it.
REWORDED = "polls.option_reworded"


def name_options(poll: ClusterableModel) -> None:
    """Give each option in memory a key that no other option of the poll has."""
    taken: set[str] = set()
    for option in _in_memory(poll):
        if not option.key or option.key in taken:
            option.key = uuid.uuid4().hex
        taken.add(option.key)


def keep_options(poll: ClusterableModel) -> None:
    """Before options are stored: find those that exist, put back those that have ballots, and log which of these now
    say something else, by whatever way it came here: a form, a schedule, an older revision."""
    options = _in_memory(poll)
    if poll.pk is None or not is_in_memory(poll, "options"):
        return
    stored = list(poll.options.model.objects.filter(poll=poll))
    _find(options, stored)
    present = {option.pk for option in options}
    missing = [option for option in stored if option.pk not in present]
    voted = voted_options(missing)
    poll.options.add(*(option for option in missing if option.pk in voted))
    for option, before in reworded_options(options, stored):
        log(poll, REWORDED, data={"option": option.pk, "before": before, "after": option.text})


def reworded_options(options: list[PollOption], stored: list[PollOption]) -> list[tuple[PollOption, str]]:
    """Those options that have ballots and another text than is stored, each with the stored one."""
    texts = {option.pk: option.text for option in stored}
    changed = [option for option in options if option.text != texts.get(option.pk, option.text)]
    voted = voted_options(changed)
    return [(option, texts[option.pk]) for option in changed if option.pk in voted]


def voted_options(options: list[PollOption]) -> set[int]:
    """Ids of those options that are named on a ballot."""
    pks = [option.pk for option in options if option.pk is not None]
    if not pks:
        return set()
    return set(
        type(options[0]).objects.filter(pk__in=pks, ballot_choices__isnull=False).values_list("pk", flat=True)
    )


def _find(options: list[PollOption], stored: list[PollOption]) -> None:
    by_key = {option.key: option for option in stored}
    by_pk = {option.pk: option for option in stored}
    taken = {option.pk for option in options}
    for option in options:
        known = by_key.get(option.key)
        if option.pk is None and known is not None and known.pk not in taken:
            option.pk = known.pk
            taken.add(known.pk)
        elif option.pk in by_pk:
            option.key = by_pk[option.pk].key


def _in_memory(poll: ClusterableModel) -> list[PollOption]:
    # Options that were not touched are not loaded: they are stored as they are.
    return list(poll.options.all()) if is_in_memory(poll, "options") else []
