from __future__ import annotations

from polls.models.ballots import Ballot, BallotChoice, OptionTally
from polls.models.options import PollOption
from polls.models.polls import Poll, PollState, ResultsVisibility

__all__ = ["Ballot", "BallotChoice", "OptionTally", "Poll", "PollOption", "PollState", "ResultsVisibility"]
