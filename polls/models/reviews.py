"""What looks like stuffing, and what editors have decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """A decision about ballots: to set them aside, or to count them again. It is kept, and sealed with the ballots."""

    class Action(models.TextChoices):
        SET_ASIDE = "set_aside", _("Set aside")
        RESTORED = "restored", _("Counted again")

    is_content = False  # Readers see the figures that follow.

    poll = models.ForeignKey(
        "polls.Poll", on_delete=models.PROTECT, related_name="reviews", verbose_name=_("poll")
    )
    action = models.CharField(_("decision"), max_length=16, choices=Action)
    reason = models.TextField(_("reason"))
    #: Ids of the ballots that it was about.
    ballot_ids = models.JSONField(default=list, editable=False)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone_by", verbose_name=_("undoes")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    seal = models.ForeignKey(
        "polls.Seal", on_delete=models.PROTECT, null=True, related_name="reviews", verbose_name=_("seal")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of ballots")
        verbose_name_plural = _("reviews of ballots")
        ordering = ["-decided_at", "-pk"]
        default_permissions = ("add",)

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {len(self.ballot_ids)}"


class Burst(models.Model):
    """Many ballots of one network within one stretch of time, which may be an office or somebody who stuffs."""

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        DISMISSED = "dismissed", _("Not suspicious")
        SET_ASIDE = "set_aside", _("Set aside")

    is_content = False

    poll = models.ForeignKey(
        "polls.Poll",
        on_delete=models.CASCADE,
        related_name="bursts",
        verbose_name=_("poll"),
        db_index=False,  # the constraint's index serves
    )
    network = models.CharField(_("network"), max_length=32)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    ballots = models.PositiveIntegerField(_("ballots"))
    agents = models.PositiveIntegerField(_("different browsers"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.OPEN)
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("review of ballots")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("burst of ballots")
        verbose_name_plural = _("bursts of ballots")
        ordering = ["-begins_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["poll", "begins_at", "network"], name="one_burst_per_network")
        ]

    def __str__(self) -> str:
        return f"{self.network[:8]}: {self.ballots}"


class DigestKey(models.Model):
    """The random key of a day's digests; without it nobody can tell what a digest is of (`casting/origins.py`)."""

    is_content = False

    day = models.DateField(_("day"), unique=True)
    key = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("key of a day's digests")
        verbose_name_plural = _("keys of days' digests")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}"
