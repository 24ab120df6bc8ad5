"""What an editor is told about a poll before it is stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from polls.models.identity import (
    check_rewording,
    find_options,
    reworded_options,
    rewordings_of,
    stored_options,
    voted_options,
)

if TYPE_CHECKING:
    from polls.models.options import PollOption


class OptionFormSet(BaseChildFormSet):
    """The options of a poll."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": _("A poll needs at least %(num)d options."),
        "too_many_forms": _("A poll can have at most %(num)d options."),
    }

    #: The options that are in the database, once the form set is validated.
    stored: Sequence[PollOption] = ()

    def validate_unique(self) -> None:
        """Nothing to check: the only unique value is an option's key, which new options get when they are stored."""

    def clean(self) -> None:
        super().clean()
        self.stored = stored_options(self.instance)
        find_options(self._options_to_keep(), self.stored)
        self._refuse_too_many_options()
        self._refuse_equal_options()
        deleted = [form.instance for form in self.deleted_forms]
        voted = voted_options(deleted)
        for option in deleted:
            if option.pk in voted:
                message = _("“%(option)s” has votes and can't be removed.")
                raise ValidationError(message, code="option_has_votes", params={"option": option.text})

    def reworded(self) -> list[tuple[PollOption, str]]:
        """The options that have ballots and are about to say something else, each with the words that readers see."""
        kept = self._options_to_keep()  # first, because it validates the form set
        return reworded_options(kept, self.stored)

    def _options_to_keep(self) -> list[PollOption]:
        return [form.instance for form in self.forms if form not in self.deleted_forms]

    def _not_in_form(self) -> list[PollOption]:
        # What was published or got votes after the form was loaded stays, and the form does not show it.
        shown = {form.instance.pk for form in self.forms}
        return [option for option in self.instance.options.all() if option.pk and option.pk not in shown]

    def _told_of(self, option: PollOption) -> str:
        message = _("“%(option)s” has been voted for or published since this form was opened, and stays.")
        return message % {"option": option.text}

    def _refuse_too_many_options(self) -> None:
        hidden = self._not_in_form()
        if self.total_form_count() - len(self.deleted_forms) + len(hidden) > self.max_num:
            messages = [self.error_messages["too_many_forms"] % {"num": self.max_num}]
            raise ValidationError([*messages, *(self._told_of(option) for option in hidden)])

    def _refuse_equal_options(self) -> None:
        hidden = {compared(option.text): option for option in self._not_in_form()}
        taken: set[str] = set()
        for form in self.forms:
            text = compared(form.cleaned_data.get("text") or "") if form not in self.deleted_forms else ""
            if text in hidden:
                form.add_error("text", self._told_of(hidden[text]))
            elif text in taken:
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
        if options is not None:
            self._ask_about(options, is_confirmed=cleaned.get("confirms_rewording", False))
        return cleaned

    def _ask_about(self, options: OptionFormSet, *, is_confirmed: bool) -> None:
        reworded = options.reworded()
        if is_confirmed:
            self.instance.confirmed_rewordings = rewordings_of(reworded)
        try:
            check_rewording(self.instance, reworded)
        except ValidationError as error:
            self.add_error("confirms_rewording", error)
