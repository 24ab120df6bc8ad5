"""Several editors at one form."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.articles import ArticleFactory
from tests.factories.people import logged_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]


def test_who_else_looks_at_a_form_has_a_name_for_screen_readers():
    # A session that there is not yet begins with the number of none.
    ping = reverse(
        "wagtailadmin_editing_sessions:ping", args=["articles", "articlepage", ArticleFactory().pk, 0]
    )
    logged_in(person("editor", username="an", last_name="Lê", first_name="An")).post(ping)
    answer = logged_in(person("editor", username="mai")).post(ping)
    [viewer] = BeautifulSoup(answer.json()["html"], "html.parser").select("button")
    assert viewer["aria-label"] == "Lê An – Đang xem"
