"""Where a campaign stands: told from its period and the day, in the portal's time zone."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignState(TextChoices):
    """Whether a campaign is to come, under way or over."""

    PLANNED = "PLANNED", _("To come")
    RUNNING = "RUNNING", _("Under way")
    ENDED = "ENDED", _("Over")


def state_on(day: date, *, starts_on: date, ends_on: date) -> CampaignState:
    """The state of a period on a day; both of its ends belong to it."""
    if day < starts_on:
        return CampaignState.PLANNED
    return CampaignState.RUNNING if day <= ends_on else CampaignState.ENDED


def in_state(state: CampaignState, day: date) -> Q:
    """The condition that campaigns in a state meet on a day."""
    return {
        CampaignState.PLANNED: Q(starts_on__gt=day),
        CampaignState.RUNNING: Q(starts_on__lte=day, ends_on__gte=day),
        CampaignState.ENDED: Q(ends_on__lt=day),
    }[state]
