"""What an editor is told about a poll before it is stored."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from polls.models.identity import voted_options


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
        self._refuse_equal_options()
        deleted = [form.instance for form in self.deleted_forms]
        voted = voted_options(deleted)
        for option in deleted:
            if option.pk in voted:
                message = _("“%(option)s” has votes and can't be removed.")
                raise ValidationError(message, code="option_has_votes", params={"option": option.text})

    def _refuse_equal_options(self) -> None:
        taken: set[str] = set()
        for form in self.forms:
            text = compared(form.cleaned_data.get("text") or "") if form not in self.deleted_forms else ""
            if text in taken:
                form.add_error("text", _("Another option of this poll says the same."))
            elif text:
                taken.add(text)


def compared(text: str) -> str:
    """What readers can't tell from another text, whatever its case, its spaces and how its letters are composed."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


class PollForm(WagtailAdminModelForm):
    """The form of a poll with its options."""

    confirms_rewording = forms.BooleanField(
        label=_("An option that has votes may say something else"),
        help_text=_(
            "Readers voted for the old words. Tick this to change them all the same; the log keeps the old words, and "
            "who changed them."
        ),
        required=False,
    )

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
        if (
            options is not None
            and not cleaned.get("confirms_rewording")
            and (words := self._reworded(options))
        ):
            message = ngettext(
                "%(options)s has votes. Readers voted for the old words: confirm that you change them.",
                "%(options)s have votes. Readers voted for the old words: confirm that you change them.",
                len(words),
            )
            self.add_error("confirms_rewording", message % {"options": ", ".join(words)})
        return cleaned

    def _reworded(self, options: BaseChildFormSet) -> list[str]:
        """The former words of options that have ballots and are about to say something else, in quotes."""
        changed = {
            form.instance.pk: form.initial.get("text", "")
            for form in options.forms
            if form.instance.pk and "text" in form.changed_data and form not in options.deleted_forms
        }
        voted = voted_options([form.instance for form in options.forms if form.instance.pk in changed])
        return [f"“{text}”" for pk, text in changed.items() if pk in voted]
