"""Options stay the same options, whatever is published.

Revisions hold options by value. A draft's new option has no id, each publication of it would make another one, and a
revision that lacks an option would delete it, with what readers voted. So each option has a key that travels with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext
from modelcluster.models import ClusterableModel
from wagtail.log_actions import log

from cms.content.clusters import is_in_memory

if TYPE_CHECKING:
    from polls.models.options import PollOption
    from polls.models.polls import Poll

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
    """Before options are stored: complete them, and log which of those that have ballots now say something else, by
    whatever way it came here: a form, a schedule, an older revision."""
    stored = complete_options(poll)
    for option, before in reworded_options(_in_memory(poll), stored):
        log(poll, REWORDED, data={"option": option.pk, "before": before, "after": option.text})


def complete_options(poll: ClusterableModel) -> list[PollOption]:
    """Find those options in memory that exist, and put back those that have ballots; all as they are stored."""
    if poll.pk is None or not is_in_memory(poll, "options"):
        return []
    stored = stored_options(poll)
    find_options(_in_memory(poll), stored)
    present = {option.pk for option in _in_memory(poll)}
    missing = [option for option in stored if option.pk not in present]
    voted = voted_options(missing)
    poll.options.add(*(option for option in missing if option.pk in voted))
    return stored


def stored_options(poll: ClusterableModel) -> list[PollOption]:
    """The options as they are in the database: where the poll is live, as its readers see them."""
    return list(poll.options.model.objects.filter(poll=poll.pk)) if poll.pk else []


def reworded_options(options: list[PollOption], stored: Sequence[PollOption]) -> list[tuple[PollOption, str]]:
    """Those options that have ballots and another text than is stored, each with the stored one."""
    texts = {option.pk: option.text for option in stored}
    changed = [option for option in options if option.text != texts.get(option.pk, option.text)]
    voted = voted_options(changed)
    return [(option, texts[option.pk]) for option in changed if option.pk in voted]


def rewordings_of(reworded: list[tuple[PollOption, str]]) -> list[list[Any]]:
    """What is confirmed of reworded options, as JSON: which option, its words before and after."""
    return [[option.pk, before, option.text] for option, before in reworded]


def check_rewording(poll: Poll, reworded: list[tuple[PollOption, str]]) -> None:
    """Raise ValidationError where nobody has confirmed that readers voted for other words."""
    asked = [each for each in rewordings_of(reworded) if each not in poll.confirmed_rewordings]
    if asked:
        message = ngettext(
            "%(options)s has votes. Readers voted for the old words: confirm in the form that you change them.",
            "%(options)s have votes. Readers voted for the old words: confirm in the form that you change them.",
            len(asked),
        )
        raise ValidationError(
            message % {"options": ", ".join(f"“{before}”" for _pk, before, _after in asked)}
        )


def voted_options(options: list[PollOption]) -> set[int]:
    """Ids of those options that are named on a ballot."""
    pks = [option.pk for option in options if option.pk is not None]
    if not pks:
        return set()
    return set(
        type(options[0]).objects.filter(pk__in=pks, ballot_choices__isnull=False).values_list("pk", flat=True)
    )


def find_options(options: list[PollOption], stored: list[PollOption]) -> None:
    """Give options that are stored already their primary keys, by `key`."""
    by_key = {option.key: option for option in stored if option.key}
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
