"""What is known of a vote before it is a ballot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from polls.casting.origins import UNKNOWN, Origin
from polls.models import Poll
from polls.tally.tallies import Tally


@dataclass(frozen=True)
class Receipt:
    """That a ballot is in the database; `repeated` where it was there before this request.

    `tally` is the poll's count as it stands after the commit that holds the ballot, where the vote asked for it.
    """

    number: str
    repeated: bool = False
    tally: Tally | None = None


@dataclass(frozen=True)
class Vote:
    """What is to become a ballot.

    `work` tells the challenge that the voter's device has solved from all others; it is empty where none was sent, and
    None where what was sent is not valid. `wants_tally` says that its voter is shown the poll's figures.
    """

    poll_id: int
    option_ids: Sequence[int]
    voter: str
    now: datetime
    retry_key: str = ""
    origin: Origin = UNKNOWN
    work: str | None = ""
    wants_tally: bool = False


@dataclass(frozen=True)
class PollRules:
    """A poll as a vote needs it."""

    poll: Poll
    option_ids: frozenset[int]


@dataclass(frozen=True)
class ExistingBallot:
    """A ballot that the voter has cast before."""

    pk: int
    receipt: str
    retry_key: str
    is_replaced: bool
    set_aside: int | None


@dataclass(frozen=True)
class NewBallot:
    """A vote that is taken: its receipt, and the ballot that it replaces with the options which that one names."""

    vote: Vote
    receipt: str
    work: str = ""
    replaces: ExistingBallot | None = None
    options_before: Sequence[int] = ()
