"""The visits in the admin: who sees them, day by day, as a page and as files."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from openpyxl import load_workbook

from tests.factories.people import logged_in, person
from visits.models import DailyVisits

pytestmark = pytest.mark.django_db
HEADINGS = ("Ngày", "Lượt xem", "Khách truy cập")


@pytest.fixture
def editor() -> Client:
    with freeze_time("2026-09-04T03:00:00Z"):
        for day, visits in {1: 1200, 3: 30, 4: 4}.items():
            DailyVisits.objects.create(date=date(2026, 9, day), visits=visits, visitors=visits // 2)
        yield logged_in(person("editor"))


def csv(client: Client, **asked: str) -> list[str]:
    response = client.get(reverse("visit_report"), {"export": "csv", **asked})
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()[1:]


def test_all_days_are_listed_with_those_without_visits(editor: Client):
    page = editor.get(reverse("visit_report")).content.decode()
    assert [
        text for text in (*HEADINGS, "01/09/2026", "02/09/2026", "04/09/2026", "1.200") if text not in page
    ] == []
    assert ("31/08/2026" in page, "05/09/2026" in page) == (False, False)


def test_a_period_is_exported_as_csv(editor: Client):
    response = editor.get(reverse("visit_report"), {"export": "csv", "date_from": "02/09/2026"})
    assert response["Content-Disposition"] == 'attachment; filename="visits-2026-09-02-2026-09-04.csv"'
    assert b"".join(response.streaming_content).decode("utf-8-sig").splitlines() == [
        ",".join(HEADINGS),
        "2026-09-04,4,2",
        "2026-09-03,30,15",
        "2026-09-02,0,0",
    ]


def test_a_period_is_exported_as_xlsx(editor: Client):
    asked = {"export": "xlsx", "date_from": "01/09/2026", "date_to": "02/09/2026"}
    response = editor.get(reverse("visit_report"), asked)
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows == [HEADINGS, (date(2026, 9, 2), 0, 0), (date(2026, 9, 1), 1200, 600)]


def test_a_period_goes_no_further_than_the_figures(editor: Client):
    everything = ["2026-09-04,4,2", "2026-09-03,30,15", "2026-09-02,0,0", "2026-09-01,1200,600"]
    assert csv(editor, date_from="01/01/0001", date_to="31/12/9999") == everything
    assert csv(editor, date_to="01/09/2026") == everything[-1:]


@pytest.mark.parametrize("asked", [{"date_from": "05/09/2026"}, {"date_to": "31/08/2026"}])
def test_a_period_without_figures_is_empty(editor: Client, asked: dict[str, str]):
    response = editor.get(reverse("visit_report_results"), asked)
    assert (response.status_code, "/09/2026</td>" in response.content.decode()) == (200, False)


@pytest.mark.parametrize("asked", [{}, {"export": "csv"}, {"export": "xlsx"}])
@pytest.mark.parametrize("address", ["visit_report", "visit_report_results"])
def test_who_may_not_see_the_figures_gets_none(address: str, asked: dict[str, str]):
    DailyVisits.objects.create(date=date(2026, 9, 1), visits=4711)
    for role in ("reporter", ""):
        response = logged_in(person(role)).get(reverse(address), asked)
        assert (response.status_code, response.get("Content-Disposition")) == (302, None)
    assert Client().get(reverse(address), asked).status_code == 302


def test_the_first_page_shows_the_last_thirty_days(editor: Client):
    page = editor.get(reverse("wagtailadmin_home")).content.decode()
    expected = [
        "Lượt truy cập 30 ngày qua",
        "1.234 lượt xem trong 30 ngày; hôm nay 4 lượt của 2 khách.",
        "Từ 06/08/2026 đến 04/09/2026: nhiều nhất ngày 01/09/2026, 1.200 lượt; ít nhất ngày 06/08/2026, 0 lượt.",
        '<th scope="row">04/09/2026</th>',
        '<th scope="row">06/08/2026</th>',
    ]
    assert [text for text in expected if text not in page] == []
    assert page.count("<rect x=") == 30
    assert reverse("visit_report") in page


def test_the_first_page_of_who_may_not_see_them_has_none():
    page = logged_in(person("reporter")).get(reverse("wagtailadmin_home")).content.decode()
    assert ("Lượt truy cập" in page, reverse("visit_report") in page) == (False, False)


def test_a_portal_without_visits_has_an_empty_chart():
    page = logged_in(person("superuser")).get(reverse("wagtailadmin_home")).content.decode()
    assert "0 lượt xem trong 30 ngày; hôm nay 0 lượt của 0 khách." in page
