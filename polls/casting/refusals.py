"""Why a vote is not taken."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a vote is not taken, as a program reads it and as a reader does."""

    POLL_UNKNOWN = "POLL_UNKNOWN", _("There is no such poll.")
    POLL_NOT_OPEN = "POLL_NOT_OPEN", _("Voting has not begun yet.")
    POLL_CLOSED = "POLL_CLOSED", _("Voting has ended.")
    ALREADY_VOTED = "ALREADY_VOTED", _("You have already voted in this poll.")
    TOO_FEW_CHOICES = "TOO_FEW_CHOICES", _("Please choose more options.")
    TOO_MANY_CHOICES = "TOO_MANY_CHOICES", _("Please choose fewer options.")
    OPTION_UNKNOWN = "OPTION_UNKNOWN", _("This poll has no such option.")
    OPTION_DUPLICATE = "OPTION_DUPLICATE", _("An option can be chosen only once.")
    IDEMPOTENCY_CONFLICT = (
        "IDEMPOTENCY_CONFLICT",
        _("This key belongs to your vote for other options. Please vote with a new key."),
    )
    NETWORK_LIMIT = "NETWORK_LIMIT", _("Too many votes came from your network. Please try again later.")
    PROOF_REQUIRED = (
        "PROOF_REQUIRED",
        _("Your device has to do some work before it votes. Please send it again."),
    )
    PROOF_INVALID = (
        "PROOF_INVALID",
        _("The work that your device did is not valid any more. Please try again."),
    )
    TRY_AGAIN = "TRY_AGAIN", _("The vote was not taken for now. Please send it again.")

    @property
    def field(self) -> str | None:
        """The field of CastVoteInput that is at fault."""
        if self in {Refusal.ALREADY_VOTED, Refusal.NETWORK_LIMIT, Refusal.TRY_AGAIN}:
            return None
        if self.value.startswith("PROOF"):
            return "proof"
        if self is Refusal.IDEMPOTENCY_CONFLICT:
            return "idempotencyKey"
        return "pollId" if self.value.startswith("POLL") else "optionIds"


class VoteRefused(Exception):
    """The vote was not taken, and nothing was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
