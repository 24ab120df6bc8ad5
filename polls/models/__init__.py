from __future__ import annotations

from polls.models.ballots import Ballot, BallotChoice, OptionTally
from polls.models.options import PollOption
from polls.models.polls import Poll, PollState, ProofOfWork, ResultsVisibility
from polls.models.reviews import Burst, DigestKey, Review
from polls.models.seals import Seal

__all__ = [
    "Ballot",
    "BallotChoice",
    "Burst",
    "DigestKey",
    "OptionTally",
    "Poll",
    "PollOption",
    "PollState",
    "ProofOfWork",
    "ResultsVisibility",
    "Review",
    "Seal",
]
