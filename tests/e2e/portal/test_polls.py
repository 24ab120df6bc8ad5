"""Votes: in the box by script, on the poll's page without, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.portal.admin import add_poll, store_poll
from tests.e2e.portal.graphql import ask
from tests.portal import Portal

pytestmark = pytest.mark.e2e

THANKS = "Đã ghi nhận phiếu của bạn. Cảm ơn bạn!"
TWICE = "Bạn đã tham gia cuộc bình chọn này."


def box_of(page: Page, poll: str) -> Locator:
    """The poll's box on the list of polls."""
    page.goto("/tham-do-y-kien/")
    return page.locator(f"main poll-box[data-poll='{poll}']")


def tallies(portal: Portal, poll: str) -> list[int]:
    found = ask(portal, "query($id: ID!) { poll(id: $id) { options { votes } } }", id=poll)
    return [option["votes"] for option in found["poll"]["options"]]


def poll_in(portal: Portal, state: str) -> str:
    query = "query($state: PollState) { polls(first: 1, filter: { state: $state }) { nodes { id } } }"
    return ask(portal, query, state=state)["polls"]["nodes"][0]["id"]


def test_an_editor_makes_a_poll_and_a_reader_votes_once(
    editor: Page, reader: Page, visitor: Callable[..., Page], portal: Portal
):
    poll = add_poll(
        editor, "Bạn đến khu công nghiệp bằng gì?", ["Xe buýt", "Xe máy"], visibility="after_vote"
    )
    box = box_of(reader, poll)
    expect(box.get_by_role("radio")).to_have_count(2)
    box.get_by_label("Xe máy").check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_text(THANKS)).to_be_visible()
    expect(box.get_by_role("listitem").filter(has_text="Xe máy")).to_contain_text("100% (1 phiếu)")
    expect(box.get_by_text("(bạn chọn)")).to_have_count(1)
    expect(box).to_be_focused()

    box = box_of(reader, poll)
    expect(box.get_by_text(THANKS)).to_be_visible()
    expect(box.get_by_role("radio")).to_have_count(0)

    # Who hides the vote from the page is still known to the server.
    reader.context.clear_cookies(name=f"phieu-{poll}")
    sneaky = reader.context.new_page()
    sneaky.route(
        "**/hop/**", lambda route: route.continue_() if route.request.method == "POST" else route.abort()
    )
    box = box_of(sneaky, poll)
    box.get_by_label("Xe buýt").check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_role("alert")).to_have_text(TWICE)
    expect(box.get_by_role("listitem").filter(has_text="Xe máy")).to_contain_text("100% (1 phiếu)")

    # Another reader sees no figures before the vote.
    other = box_of(visitor(), poll)
    expect(other.get_by_role("radio")).to_have_count(2)
    expect(other.get_by_text("phiếu)")).to_have_count(0)


def test_a_vote_is_cast_without_scripts_and_counts_once(editor: Page, plain_reader: Page, portal: Portal):
    poll = store_poll(editor, "Bạn đọc trang này bằng gì?", ["Máy tính", "Điện thoại"], visibility="always")
    box = box_of(plain_reader, poll)
    box.get_by_label("Điện thoại").check()
    box.get_by_role("button", name="Bình chọn").click()
    form = plain_reader.locator("main .poll")
    expect(form.get_by_label("Điện thoại")).to_be_checked()
    key = form.locator("[name=khoa]").input_value()
    option = form.get_by_label("Điện thoại").input_value()
    form.get_by_role("button", name="Gửi phiếu").click()
    expect(plain_reader.get_by_text(THANKS)).to_be_visible()
    expect(form.get_by_role("listitem").filter(has_text="Điện thoại")).to_contain_text("100% (1 phiếu)")
    assert tallies(portal, poll) == [0, 1]

    # The same form once more, as a double click or a reload sends it: also by a browser that has lost its cookies.
    for lost in (False, True):
        if lost:
            plain_reader.context.clear_cookies()
        answer = plain_reader.request.post(
            f"{portal.frontend}/tham-do-y-kien/{poll}/",
            form={"khoa": key, "lua-chon": option},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert THANKS in answer.text()
    assert tallies(portal, poll) == [0, 1]

    again = plain_reader.request.post(
        f"{portal.frontend}/tham-do-y-kien/{poll}/",
        form={"khoa": str(uuid4()), "lua-chon": option},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert again.status == 422
    assert TWICE in again.text()
    assert tallies(portal, poll) == [0, 1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_form_on_another_site_casts_no_vote(plain_reader: Page, portal: Portal, headers: dict[str, str]):
    answer = plain_reader.request.post(
        f"{portal.frontend}/tham-do-y-kien/1/",
        form={"khoa": str(uuid4()), "lua-chon": "1"},
        headers=headers,
    )
    assert answer.status == 422
    assert "Phiếu phải được gửi từ trang này." in answer.text()
    assert "set-cookie" not in answer.headers


def test_a_browser_of_before_fetch_metadata_votes_by_its_origin(
    editor: Page, plain_reader: Page, portal: Portal
):
    poll = store_poll(editor, "Trình duyệt cũ?", ["Có", "Không"], visibility="always")
    [yes, _no] = ask(portal, "query($id: ID!) { poll(id: $id) { options { id } } }", id=poll)["poll"][
        "options"
    ]
    answer = plain_reader.request.post(
        f"{portal.frontend}/tham-do-y-kien/{poll}/",
        form={"khoa": str(uuid4()), "lua-chon": yes["id"]},
        headers={"Origin": portal.frontend},
    )
    assert THANKS in answer.text()
    assert tallies(portal, poll) == [1, 0]


def test_a_reader_changes_a_vote_where_the_poll_allows_it(editor: Page, reader: Page, portal: Portal):
    poll = store_poll(editor, "Đổi ý được không?", ["Được", "Không"], visibility="always", changeable=True)
    box = box_of(reader, poll)
    box.get_by_label("Được").check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_text(THANKS)).to_be_visible()
    assert tallies(portal, poll) == [1, 0]
    box.get_by_role("button", name="Đổi lựa chọn").click()
    expect(box.get_by_label("Được")).to_be_checked()
    box.get_by_label("Không").check()
    box.get_by_role("button", name="Gửi phiếu").click()
    expect(box.get_by_role("listitem").filter(has_text="Không")).to_contain_text("(bạn chọn)")
    assert tallies(portal, poll) == [0, 1]


def test_a_device_does_the_work_that_a_poll_asks_for(
    editor: Page, reader: Page, plain_reader: Page, portal: Portal
):
    poll = store_poll(editor, "Có phải máy không?", ["Có", "Không"], visibility="always", proof="always")
    box = box_of(reader, poll)
    box.get_by_label("Không").check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_text(THANKS)).to_be_visible()
    assert tallies(portal, poll) == [0, 1]

    plain_reader.goto(f"/tham-do-y-kien/{poll}/")
    plain_reader.locator("main").get_by_label("Không").check()
    plain_reader.locator("main").get_by_role("button", name="Gửi phiếu").click()
    expect(plain_reader.locator("main").get_by_role("alert")).to_contain_text(
        "cần trình duyệt bật JavaScript"
    )
    assert tallies(portal, poll) == [0, 1]


def test_choices_are_counted_and_refused_in_vietnamese(editor: Page, reader: Page, portal: Portal):
    poll = store_poll(editor, "Chọn tối đa hai?", ["Một", "Hai", "Ba"], visibility="after_closing", at_most=2)
    box = box_of(reader, poll)
    expect(box.get_by_text("Chọn từ 1 đến 2 phương án")).to_be_visible()
    for name in ("Một", "Hai", "Ba"):
        box.get_by_label(name).check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_role("alert")).to_have_text("Vui lòng chọn ít phương án hơn.")
    expect(box.get_by_role("checkbox", checked=True)).to_have_count(3)
    box.get_by_label("Ba").uncheck()
    box.get_by_role("button", name="Gửi phiếu").click()
    expect(box.get_by_text(THANKS)).to_be_visible()
    expect(box.get_by_text("Kết quả được công bố sau ngày")).to_be_visible()
    expect(box.get_by_text("phiếu)")).to_have_count(0)


def test_polls_that_take_no_votes_say_so(reader: Page, portal: Portal):
    reader.goto(f"/tham-do-y-kien/{poll_in(portal, 'SCHEDULED')}/")
    poll = reader.locator("main .poll")
    expect(poll.get_by_text("Bình chọn mở từ ngày")).to_be_visible()
    expect(poll.get_by_role("button")).to_have_count(0)

    reader.goto(f"/tham-do-y-kien/{poll_in(portal, 'CLOSED')}/")
    expect(poll.get_by_text("Bình chọn đã kết thúc ngày")).to_be_visible()
    housing = poll.get_by_role("listitem").filter(has_text="Nhà ở cho công nhân")
    expect(housing).to_contain_text("58,4% (87 phiếu)")
    expect(poll.get_by_role("button")).to_have_count(0)


def test_a_vote_that_does_not_arrive_is_sent_again_with_the_same_key(
    editor: Page, reader: Page, portal: Portal
):
    poll = store_poll(editor, "Mạng có tốt không?", ["Tốt", "Kém"], visibility="always")
    box = box_of(reader, poll)
    sent: list[str] = []

    def lose_the_answer(route):
        sent.append(route.request.post_data)
        if len(sent) > 1:
            return route.continue_()
        route.fetch()  # It arrives, and its answer is lost.
        return route.abort()

    reader.route("**/hop/**", lose_the_answer)
    box.get_by_label("Kém").check()
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_role("alert")).to_contain_text("Chưa gửi được phiếu.")
    box.get_by_role("button", name="Bình chọn").click()
    expect(box.get_by_text(THANKS)).to_be_visible()
    assert sent[0] == sent[1]
    assert tallies(portal, poll) == [0, 1]
