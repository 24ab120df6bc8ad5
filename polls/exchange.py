"""Polls in imports and exports: questions and options, no ballots."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.exchange.registry import register
from cms.exchange.resources import DraftResource
from polls.models import Poll, PollOption
from polls.models.identity import reworded_options, stored_options, voted_options


class PollResource(DraftResource):
    """As the form of a poll, which has rules of its own for options."""

    def check_draft(self, instance: Any) -> str:
        instance.check_options()
        _keep_votes(instance, list(instance.options.all()))
        return super().check_draft(instance)


def _keep_votes(poll: Any, options: list[PollOption]) -> None:
    stored = stored_options(poll)
    kept = {option.pk for option in options}
    voted = voted_options([option for option in stored if option.pk not in kept])
    if lost := next((option for option in stored if option.pk in voted), None):
        message = _("“%(option)s” has votes and can't be removed.")
        raise ValidationError(message % {"option": lost.text})
    if reworded := reworded_options(options, stored):
        message = _("“%(option)s” has votes: change its words in the admin.")
        raise ValidationError(message % {"option": reworded[0][1]})


register(PollResource("poll", Poll, order=30))
