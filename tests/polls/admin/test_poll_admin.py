"""A poll through the admin's forms, as an editor uses them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from polls.models import Poll, PollOption
from tests.factories.polls import PollFactory, old_vote, option_ids, vote

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def admin(admin_client):
    return admin_client


def url(name: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_polls_poll:{name}", args=args)


def form(options: list[dict], *, initial: int = 0, publish: bool = True, **values: object) -> dict:
    """What the form of a poll sends."""
    data = {
        "question": "Câu hỏi?",
        "description": "",
        "min_choices": 1,
        "max_choices": 1,
        "opens_at": "2026-01-01 08:00",
        "closes_at": "2036-01-01 08:00",
        "results_visibility": "after_vote",
        "proof_of_work": "suspicious",
        "options": inline_formset(options, initial=initial, min=2, max=20),
        **values,
    }
    return nested_form_data(data) | ({"action-publish": "1"} if publish else {})


def texts(*names: str) -> list[dict]:
    return [{"text": name, "image": "", "key": ""} for name in names]


def stored(poll: Poll) -> list[dict]:
    """The poll's latest options as the form sends them."""
    latest = Poll.objects.get(pk=poll.pk).get_latest_revision_as_object()
    return [
        {"id": each.pk or "", "text": each.text, "image": "", "key": each.key}
        for each in latest.options.all()
    ]


def option_texts(poll: Poll) -> list[str]:
    return list(
        PollOption.objects.filter(poll=poll).order_by("sort_order", "pk").values_list("text", flat=True)
    )


def test_the_empty_form_asks_in_vietnamese(admin):
    page = admin.get(url("add")).content.decode()
    for label in ("Câu hỏi", "Các phương án", "Mở lúc", "Đóng lúc", "Kết quả hiển thị cho"):
        assert label in page, label


def test_an_editor_creates_and_publishes_a_poll(admin):
    response = admin.post(url("add"), form(texts("Một", "Hai")))
    poll = Poll.objects.get()
    assert (response.status_code, poll.question, poll.live) == (302, "Câu hỏi?", True)
    assert option_texts(poll) == ["Một", "Hai"]
    assert all(len(option.key) == 32 for option in poll.options.all())


def test_a_draft_is_not_live(admin):
    admin.post(url("add"), form(texts("Một", "Hai"), publish=False))
    assert Poll.objects.get().live is False


@pytest.mark.parametrize(
    ("options", "values", "message"),
    [
        (("Một",), {}, "Cuộc bình chọn cần ít nhất 2 phương án."),
        (tuple(f"Số {number}" for number in range(21)), {}, "Cuộc bình chọn có nhiều nhất 20 phương án."),
        (("Đồng ý", "Khác", " đồng  Ý "), {}, "Bình chọn này đã có phương án với nội dung như vậy."),
        (("To\u00e0n", "Toa\u0300n"), {}, "Bình chọn này đã có phương án với nội dung như vậy."),
        (("Một", "Hai"), {"max_choices": 3}, "Số phương án ít hơn số bạn đọc được chọn."),
        (("Một", "Hai"), {"min_choices": 2}, "“Nhiều nhất” không được nhỏ hơn “ít nhất”."),
        (("Một", "Hai"), {"closes_at": "2026-01-01 08:00"}, "Thời điểm đóng phải sau thời điểm mở."),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese_and_not_stored(admin, options, values, message):
    response = admin.post(url("add"), form(texts(*options), **values))
    assert message in response.content.decode()
    assert Poll.objects.count() == 0


def test_publishing_a_change_keeps_ids_and_votes(admin):
    admin.post(url("add"), form(texts("Một", "Hai")))
    poll = Poll.objects.get()
    vote(poll, 1)
    before = option_ids(poll)
    options = stored(poll)
    options[0]["text"] = "Một, sửa"  # which has no votes
    admin.post(url("edit", poll.pk), form([*options, *texts("Ba")], initial=2, question="Câu hỏi mới?"))
    poll.refresh_from_db()
    assert poll.question == "Câu hỏi mới?"
    assert option_texts(poll) == ["Một, sửa", "Hai", "Ba"]
    assert option_ids(poll)[:2] == before
    assert PollOption.objects.get(pk=before[1]).tallies.get().votes == 1


def test_a_new_option_keeps_its_id_when_it_is_published_twice(admin):
    poll = PollFactory(texts=("A", "B"))
    poll.save_revision().publish()
    admin.post(url("edit", poll.pk), form([*stored(poll), *texts("C")], initial=2, publish=False))
    admin.post(url("edit", poll.pk), form(stored(poll), initial=3))
    first = option_ids(poll)
    vote(poll, 2)
    admin.post(url("edit", poll.pk), form(stored(poll), initial=3))
    assert option_ids(poll) == first
    assert PollOption.objects.get(pk=first[2]).tallies.get().votes == 1


def test_an_option_with_votes_cannot_be_removed(admin):
    poll = PollFactory()
    poll.save_revision().publish()
    vote(poll, 0)
    options = stored(poll)
    options[0]["DELETE"] = "1"
    response = admin.post(url("edit", poll.pk), form(options, initial=3))
    assert "“A” đã có phiếu bầu, không thể xóa." in response.content.decode()
    assert option_texts(poll) == ["A", "B", "C"]


def test_an_option_that_a_draft_removed_is_there_again_once_it_has_votes(admin):
    poll = PollFactory()
    poll.save_revision().publish()
    live = stored(poll)
    anew = [*live[1:], *texts("A")]
    admin.post(url("edit", poll.pk), form([{**live[0], "DELETE": "1"}, *anew], initial=3, publish=False))
    vote(poll, 0)
    # One form was loaded before the vote, the other one shows both.
    for options, message in (
        (anew, "“A” đã có phiếu hoặc được xuất bản sau khi biểu mẫu này được mở nên được giữ lại."),
        (
            sorted(stored(poll), key=lambda option: not option["id"]),
            "Bình chọn này đã có phương án với nội dung như vậy.",
        ),
    ):
        page = admin.post(url("edit", poll.pk), form(options, initial=len(options) - 1)).content.decode()
        assert message in page
    assert option_texts(poll) == ["A", "B", "C"]
    admin.post(url("edit", poll.pk), form(live, initial=3))
    assert option_texts(poll) == ["A", "B", "C"]
    assert Poll.objects.get().has_unpublished_changes is False


def test_an_option_that_was_published_since_the_form_was_loaded_is_not_another_one(admin):
    poll = PollFactory(texts=("A", "B"))
    poll.save_revision().publish()
    admin.post(url("edit", poll.pk), form([*stored(poll), *texts("C")], initial=2, publish=False))
    loaded = stored(poll)
    Poll.objects.get().latest_revision.publish()
    admin.post(url("edit", poll.pk), form(loaded, initial=2))
    assert option_texts(poll) == ["A", "B", "C"]


def test_a_poll_does_not_get_more_options_than_it_may_have_by_those_that_stay(admin):
    poll = PollFactory(texts=[f"Số {number}" for number in range(20)])
    poll.save_revision().publish()
    live = stored(poll)
    options = [{**live[0], "DELETE": "1"}, *live[1:], *texts("Mới")]
    admin.post(url("edit", poll.pk), form(options, initial=20, publish=False))
    vote(poll, 0)
    page = admin.post(url("edit", poll.pk), form(options[1:], initial=19)).content.decode()
    assert "Cuộc bình chọn có nhiều nhất 20 phương án." in page
    assert "“Số 0” đã có phiếu hoặc được xuất bản sau khi biểu mẫu này được mở" in page
    assert len(option_ids(poll)) == 20


def test_an_option_without_votes_can_be_removed(admin):
    poll = PollFactory()
    poll.save_revision().publish()
    vote(poll, 0)
    options = stored(poll)
    options[2]["DELETE"] = "1"
    admin.post(url("edit", poll.pk), form(options, initial=3))
    assert option_texts(poll) == ["A", "B"]


def test_a_copy_is_a_poll_of_its_own_without_votes(admin):
    poll = PollFactory(texts=("A", "B"))
    vote(poll, 0)
    assert admin.get(url("copy", poll.pk)).status_code == 200
    admin.post(url("add"), form(stored(poll), initial=2, question="Bản sao"))
    copy = Poll.objects.get(question="Bản sao")
    assert option_texts(copy) == option_texts(poll) == ["A", "B"]
    assert set(option_ids(copy)).isdisjoint(option_ids(poll))
    assert not copy.ballots.exists()


def test_the_list_shows_state_and_ballots_and_filters_by_state(admin):
    closes_at = datetime(2099, 12, 31, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    vote(PollFactory(question="Đang hỏi", closes_at=closes_at), 0)
    PollFactory(question="Đã hỏi", closed=True)
    page = admin.get(url("list")).content.decode()
    assert [
        text for text in ("Đang hỏi", "Đã hỏi", "Đang mở", "Đã đóng", "09:30 31/12/2099") if text not in page
    ] == []
    filtered = admin.get(url("list"), {"state": "closed"}).content.decode()
    assert [text for text in ("Đang hỏi", "Đã hỏi") if text in filtered] == ["Đã hỏi"]


def test_the_list_is_searched(admin):
    PollFactory(question="Thủ tục hành chính")
    PollFactory(question="Xúc tiến đầu tư")
    page = admin.get(url("list"), {"q": "Thủ tục"}).content.decode()
    assert [text for text in ("Thủ tục hành chính", "Xúc tiến đầu tư") if text in page] == [
        "Thủ tục hành chính"
    ]


def test_the_results_page_shows_every_option_with_its_share(admin):
    poll = PollFactory(results_visibility="never")
    for place in (0, 0, 1):
        old_vote(poll, place)
    page = admin.get(url("inspect", poll.pk)).content.decode()
    shown = ('<th scope="row">A</th>', "66,7", "33,3", 'width="66.7"')
    assert [text for text in shown if text not in page] == []


def test_the_results_page_is_for_editors(client):
    response = client.get(url("inspect", PollFactory().pk))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]


def test_a_scheduled_poll_goes_live_by_its_schedule(admin):
    go_live = timezone.now() + timedelta(days=1)
    admin.post(
        url("add"),
        form(texts("Một", "Hai"), go_live_at=timezone.localtime(go_live).strftime("%Y-%m-%d %H:%M")),
    )
    poll = Poll.objects.get()
    assert (poll.live, poll.latest_revision.approved_go_live_at is not None) == (False, True)
