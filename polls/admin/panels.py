"""Panels of the poll's form that Wagtail does not have."""

from __future__ import annotations

from typing import Any

from django.forms import HiddenInput
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Site

from polls.admin.forms import OptionFormSet


class HiddenFieldPanel(FieldPanel):
    """A value that travels with the form; editors neither see it nor compare it."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{"widget": HiddenInput, "classname": "w-hidden", **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list:
            return []


class OptionsPanel(InlinePanel):
    """An inline panel with our own checks of the options as a whole."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = OptionFormSet
        return options


class RewordingPanel(FieldPanel):
    """The confirmation that an option with ballots may be reworded; there where the poll has ballots."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None and self.instance.ballots.exists()

        def get_comparison(self) -> list:
            return []


class SitePanel(FieldPanel):
    """The site that a poll belongs to; there where there are several."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and Site.objects.count() > 1
