"""What an editor is told about a poll before it is stored."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from polls.identity import voted_options


class OptionFormSet(BaseChildFormSet):
    """The options of a poll."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": _("A poll needs at least %(num)d options."),
        "too_many_forms": _("A poll can have at most %(num)d options."),
    }

    def validate_unique(self) -> None:
        """Nothing to check: the only unique value is an option's key, which new options get when they are stored."""

    def clean(self) -> None:
        super().clean()
        deleted = [form.instance for form in self.deleted_forms]
        voted = voted_options(deleted)
        for option in deleted:
            if option.pk in voted:
                message = _("“%(option)s” has votes and can't be removed.")
                raise ValidationError(message, code="option_has_votes", params={"option": option.text})


class PollForm(WagtailAdminModelForm):
    """The form of a poll with its options."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        most = cleaned.get("max_choices")
        options = self.formsets.get("options", None)
        if most and options is not None and not self.is_deferred_validation and options.is_valid():
            offered = sum(
                1 for form in options.forms if form.cleaned_data and form not in options.deleted_forms
            )
            if most > offered:
                self.add_error("max_choices", _("There are fewer options than a reader may choose."))
        return cleaned
