"""Polls' figures in the admin: the results page, exports, the report and the first page."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from polls.casting.voters import new_voter
from polls.integrity.reviews import set_aside
from polls.models import Poll
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, vote
from tests.polls.integrity.bursts import burst_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def body_of(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)


def rows_of_csv(response: HttpResponse) -> list[list[str]]:
    text = body_of(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def rows_of_xlsx(response: HttpResponse) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(body_of(response))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def results(poll: Poll) -> str:
    return reverse("wagtailsnippets_polls_poll:inspect", args=[poll.pk])


@pytest.fixture
def poll() -> Poll:
    """Three ballots that count, one that was replaced and two that were set aside."""
    poll = PollFactory(question="Câu hỏi nào?", texts=("Một", "=Hai", "Ba"), allows_change=True)
    voter = new_voter()
    vote(poll, 2, voter=voter)
    vote(poll, 0, voter=voter)
    vote(poll, 0)
    vote(poll, 1)
    set_aside(burst_of(poll, 1, 1), reason="from one machine", user=person("superuser"))
    return poll


def test_results_are_exported_as_csv_that_excel_reads_and_does_not_compute(admin_client, poll):
    response = admin_client.get(results(poll), {"export": "csv"})
    assert response["Content-Disposition"] == f'attachment; filename="poll-{poll.pk}.csv"'
    body = body_of(response)
    assert body.startswith("\ufeff".encode())
    assert list(csv.reader(StringIO(body.decode("utf-8-sig")))) == [
        ["Phương án", "Lượt chọn", "Tỷ lệ trên số phiếu"],
        ["Một", "2", "66.7"],
        ["'=Hai", "1", "33.3"],
        ["Ba", "0", "0.0"],
    ]


def test_results_are_exported_as_xlsx(admin_client, poll):
    assert rows_of_xlsx(admin_client.get(results(poll), {"export": "xlsx"})) == [
        ["Phương án", "Lượt chọn", "Tỷ lệ trên số phiếu"],
        ["Một", 2, 66.7],
        ["=Hai", 1, 33.3],
        ["Ba", 0, 0],
    ]


@pytest.mark.parametrize("export", ["", "csv", "xlsx"])
def test_results_are_for_who_works_with_polls(client, poll, export):
    assert client.get(results(poll), {"export": export}).status_code == 302
    nobody = person(username="someone")
    assert logged_in(nobody).get(results(poll), {"export": export}).status_code == 302
    assert logged_in(person("reporter")).get(results(poll), {"export": export}).status_code == 200


def test_the_results_of_an_open_poll_keep_themselves_up_to_date(admin_client, poll):
    page = admin_client.get(results(poll)).content.decode()
    assert "data-poll-results" in page
    assert "polls/results.js" in page
    assert "polls/results.js" not in admin_client.get(results(PollFactory(closed=True))).content.decode()


def test_the_report_tells_of_each_poll_how_many_ballots_count_and_how_many_do_not(admin_client, poll):
    empty = PollFactory(question="Chưa ai trả lời", scheduled=True)
    rows = rows_of_csv(admin_client.get(reverse("poll_report"), {"export": "csv", "ordering": "opens_at"}))
    assert rows[0] == [
        "Câu hỏi",
        "Trạng thái",
        "Mở",
        "Đóng",
        "Người bỏ phiếu",
        "Phiếu đã được thay",
        "Phiếu để riêng",
        "Đợt dồn dập",
    ]
    by_question = {row[0]: [row[1], *row[4:]] for row in rows[1:]}
    assert by_question == {
        poll.question: ["Đang mở", "3", "1", "2", "0"],
        empty.question: ["Sắp mở", "0", "0", "0", "0"],
    }


def test_the_report_is_shown_filtered_and_exported_as_xlsx(admin_client, poll):
    PollFactory(question="Đã hỏi xong", closed=True)
    page = admin_client.get(reverse("poll_report")).content.decode()
    assert [text for text in (poll.question, "Đã hỏi xong", results(poll)) if text not in page] == []
    filtered = admin_client.get(reverse("poll_report"), {"state": "closed", "export": "xlsx"})
    assert [row[0] for row in rows_of_xlsx(filtered)] == ["Câu hỏi", "Đã hỏi xong"]


def test_the_report_takes_as_many_statements_for_many_polls(
    admin_client, django_assert_max_num_queries, poll
):
    for _number in range(10):
        PollFactory()
    admin_client.get(reverse("poll_report"))
    with django_assert_max_num_queries(12):
        admin_client.get(reverse("poll_report"))


def test_the_report_is_for_who_works_with_polls(client, poll):
    assert client.get(reverse("poll_report")).status_code == 302
    assert logged_in(person(username="someone")).get(reverse("poll_report")).status_code == 302
    assert logged_in(person("editor")).get(reverse("poll_report")).status_code == 200


def test_the_first_page_shows_open_polls_with_their_voters(admin_client, poll):
    PollFactory(question="Đã hỏi xong", closed=True)
    PollFactory(question="Còn là bản nháp", live=False)
    page = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Bình chọn đang mở" in page
    shown = [text for text in (poll.question, "Đã hỏi xong", "Còn là bản nháp") if text in page]
    assert shown == [poll.question]
    assert "<td>3</td>" in page
