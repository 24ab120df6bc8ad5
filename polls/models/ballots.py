"""What readers chose. Nothing here is part of a poll's revisions: publishing never touches a vote."""

from __future__ import annotations

import secrets
from base64 import b32encode

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: The digits of base 32, for people: none looks like another.
RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", RECEIPT_ALPHABET.encode())


def new_receipt() -> str:
    """A number that is on one ballot only and can't be guessed, for people to write down: 80 bits in four groups."""
    letters = b32encode(secrets.token_bytes(10)).translate(_DIGITS).decode()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


class Ballot(models.Model):
    """One voter's vote in one poll. Who the voter is can't be told from it: see `casting/voters.py`.

    What a ballot says is never changed, and sealed (`integrity/sealing.py`). A voter who votes again, where a poll
    allows it, casts another ballot that replaces the first. `set_aside` is the decision by which a ballot does not
    count (`integrity/reviews.py`).
    """

    is_content = False  # Readers see its figures; what is written is not content.

    poll = models.ForeignKey(
        "polls.Poll",
        on_delete=models.PROTECT,
        related_name="ballots",
        verbose_name=_("poll"),
        db_index=False,  # `ballots_in_time` serves
    )
    voter = models.CharField(
        _("voter"), max_length=64, help_text=_("Keyed digest of the voter's random number.")
    )
    retry_key = models.CharField(
        _("retry key"),
        max_length=64,
        blank=True,
        help_text=_("Keyed digest of the client's key of this request."),
    )
    receipt = models.CharField(_("receipt"), max_length=32, default=new_receipt)
    created_at = models.DateTimeField(_("cast at"), default=timezone.now)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("replaces"),
        db_index=False,  # the constraint's index serves
    )
    is_replaced = models.BooleanField(_("replaced"), default=False)
    # Digests whose keys rotate, for limits and reviews only; emptied after POLL_DIGEST_DAYS (`casting/origins.py`).
    network = models.CharField(_("network"), max_length=32, blank=True)
    agent = models.CharField(_("browser"), max_length=32, blank=True)
    proof = models.CharField(_("proof of work"), max_length=64, blank=True)
    set_aside = models.ForeignKey(
        "polls.Review",
        on_delete=models.PROTECT,
        null=True,
        related_name="ballots",
        verbose_name=_("set aside"),
        db_index=False,
    )
    seal = models.ForeignKey(
        "polls.Seal",
        on_delete=models.PROTECT,
        null=True,
        related_name="ballots",
        verbose_name=_("seal"),
        db_index=False,
    )

    wagtail_reference_index_ignore = True  # It would add a task to each vote.

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        indexes = [
            models.Index(fields=["poll", "created_at"], name="ballots_in_time"),
            models.Index(fields=["poll", "id"], condition=Q(seal__isnull=True), name="ballots_not_sealed"),
            # Those that are not replaced have the constraint's index.
            models.Index(fields=["poll", "voter"], condition=Q(is_replaced=True), name="ballots_replaced"),
        ]
        constraints = [
            # Not by the field: Django would index it once more, for patterns.
            models.UniqueConstraint(fields=["receipt"], name="one_ballot_per_receipt"),
            models.UniqueConstraint(
                fields=["poll", "voter"], condition=Q(is_replaced=False), name="one_ballot_per_voter"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="one_ballot_replaces_another"
            ),
            models.UniqueConstraint(fields=["proof"], condition=~Q(proof=""), name="one_ballot_per_proof"),
        ]

    def __str__(self) -> str:
        return self.receipt


class BallotChoice(models.Model):
    """An option that a ballot names."""

    is_content = False  # Readers see its figures; what is written is not content.

    ballot = models.ForeignKey(
        Ballot,
        on_delete=models.CASCADE,
        related_name="choices",
        verbose_name=_("ballot"),
        db_index=False,  # the constraint's index serves
    )
    option = models.ForeignKey(
        "polls.PollOption",
        on_delete=models.PROTECT,
        related_name="ballot_choices",
        verbose_name=pgettext_lazy("poll", "option"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = pgettext_lazy("poll", "choice")
        verbose_name_plural = pgettext_lazy("poll", "choices")
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="one_choice_per_option")]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.option_id}"


class OptionTally(models.Model):
    """Votes of an option, counted as they come in.

    An option has several rows, its slots, and its votes are their sum: voters who vote at the same moment then seldom
    wait for each other's row. `ballots` counts a ballot once, at the first of its options, so that the ballots of a
    poll are the sum over its options, also where a ballot names several.
    """

    is_content = False  # Readers see its figures; what is written is not content.

    option = models.ForeignKey(
        "polls.PollOption",
        on_delete=models.CASCADE,
        related_name="tallies",
        verbose_name=pgettext_lazy("poll", "option"),
        db_index=False,  # the constraint's index serves
    )
    slot = models.PositiveSmallIntegerField(_("slot"))
    # A slot can be below zero: what is set aside is taken off any of them.
    votes = models.IntegerField(_("votes"), default=0)
    ballots = models.IntegerField(_("ballots"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [models.UniqueConstraint(fields=["option", "slot"], name="one_tally_per_slot")]

    def __str__(self) -> str:
        return f"{self.option_id}/{self.slot}: {self.votes}"
