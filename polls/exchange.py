"""Polls in imports and exports: questions and options, no ballots."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.exchange.registry import register
from cms.exchange.resources import DraftResource
from polls.admin.forms import compared
from polls.models import Poll, PollOption
from polls.models.identity import reworded_options, voted_options
from polls.models.polls import MAX_OPTIONS


class PollResource(DraftResource):
    """As the form of a poll, which has rules of its own for options."""

    def check_draft(self, instance: Any) -> str:
        options = list(instance.options.all())
        if not 2 <= len(options) <= MAX_OPTIONS:
            raise ValidationError(_("A poll has 2 to %(most)d options.") % {"most": MAX_OPTIONS})
        if len({compared(option.text) for option in options}) < len(options):
            raise ValidationError(_("Another option of this poll says the same."))
        if instance.max_choices and instance.max_choices > len(options):
            raise ValidationError(_("There are fewer options than a reader may choose."))
        _keep_votes(instance, options)
        return super().check_draft(instance)


def _keep_votes(poll: Any, options: list[PollOption]) -> None:
    stored = list(PollOption.objects.filter(poll=poll.pk)) if poll.pk else []
    kept = {option.pk for option in options}
    voted = voted_options([option for option in stored if option.pk not in kept])
    if lost := next((option for option in stored if option.pk in voted), None):
        message = _("“%(option)s” has votes and can't be removed.")
        raise ValidationError(message % {"option": lost.text})
    if reworded := reworded_options(options, stored):
        message = _("“%(option)s” has votes: change its words in the admin.")
        raise ValidationError(message % {"option": reworded[0][1]})


register(PollResource("poll", Poll, order=30))
