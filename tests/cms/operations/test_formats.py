"""Dates and times, as editors type and see them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.formats import date_format, number_format
from wagtail.admin.widgets import AdminDateInput

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_day_is_typed_and_shown_before_the_month(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("11/10/2022") == date(2022, 10, 11)
        assert date_format(date(2022, 10, 11), "SHORT_DATE_FORMAT") == "11/10/2022"
        assert 'value="11/10/2022"' in AdminDateInput().render("day", date(2022, 10, 11))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_machine_writes_is_read_too(language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean("2022-10-11") == date(2022, 10, 11)


def test_large_numbers_are_grouped_by_points_in_vietnamese() -> None:
    with translation.override("vi"):
        assert intcomma(1234567) == "1.234.567"
        assert forms.IntegerField(localize=True).clean("1234567") == 1234567


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_week_begins_on_monday(language: str) -> None:
    with translation.override(language):
        assert AdminDateInput().get_config()["dayOfWeekStart"] == 1


def test_numbers_take_a_comma_in_vietnamese() -> None:
    with translation.override("vi"):
        assert number_format(1234567.5, use_l10n=True, force_grouping=True) == "1.234.567,5"
        assert date_format(date(2022, 10, 11), "DATE_FORMAT") == "11/10/2022"
