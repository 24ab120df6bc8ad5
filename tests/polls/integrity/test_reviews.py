"""Bursts are flagged, and an editor sets them aside with a reason; the ballots are kept, and the tally follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from polls.casting.origins import Origin
from polls.casting.voters import new_voter
from polls.integrity.bursts import flag_bursts
from polls.integrity.verification import verify
from polls.models import Ballot, Burst, Poll, Review
from polls.tally.tallies import tallies_by_poll
from tests.client import GraphQLClient
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, option_ids, vote
from tests.polls.integrity.bursts import NETWORK, burst_of

pytestmark = pytest.mark.django_db
REASON = "Cùng một máy, cùng một trình duyệt."
DECIDED = "Các phiếu này đã được xử lý trước đó, xem bên dưới."


@pytest.fixture
def poll() -> Poll:
    """Two ballots of readers for A, then a burst of three for B."""
    poll = PollFactory()
    for _reader in range(2):
        vote(poll, 0, origin=Origin("aa" * 16, "x"))
    return poll


@pytest.fixture
def burst(poll: Poll) -> Burst:
    return burst_of(poll, 1, 1, 1)


def address(poll: Poll) -> str:
    return reverse("review_ballots", args=[poll.pk])


def decide(client: Any, poll: Poll, action: str, about: Burst | Review, reason: str = REASON) -> Any:
    return client.post(address(poll), {"action": action, "id": about.pk, "reason": reason}, follow=True)


def told(response: Any) -> list[str]:
    """What the page says above all else."""
    return [str(message).strip() for message in response.context["messages"]]


def votes(poll: Poll) -> list[int]:
    tally = tallies_by_poll([poll.pk])[poll.pk]
    return [tally.ballots, *(tally.votes.get(option, 0) for option in option_ids(poll))]


def test_a_burst_is_flagged_with_its_ballots_and_browsers(poll):
    burst = burst_of(poll, 1, 1, 1, 1, agents=("x", "y"))
    assert (burst.network, burst.ballots, burst.agents, burst.state) == (NETWORK, 4, 2, Burst.State.OPEN)


def test_fewer_ballots_than_the_setting_says_are_no_burst(poll, settings):
    settings.CMS_POLL_BURST_BALLOTS = 3
    flag_bursts(poll.pk, Ballot.objects.first().created_at)
    assert not Burst.objects.exists()


def test_ballots_without_a_network_are_no_burst(settings):
    settings.CMS_POLL_BURST_BALLOTS = 2
    poll = PollFactory()
    for _reader in range(4):
        vote(poll, 0)
    flag_bursts(poll.pk, Ballot.objects.first().created_at)
    assert not Burst.objects.exists()


def test_a_burst_is_told_on_the_first_page_and_shown_for_review(admin_client, poll, burst):
    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert address(poll) in home
    page = admin_client.get(address(poll)).content.decode()
    assert [text for text in (NETWORK[:8], "3 phiếu", "1 trình duyệt") if text not in page] == []


def test_what_is_set_aside_leaves_the_tally_and_is_kept(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    assert votes(poll) == [2, 2, 0, 0]
    assert Ballot.objects.count() == 5
    review = Review.objects.get()
    assert (review.action, review.reason, review.decided_by.username) == ("set_aside", REASON, "admin")
    assert sorted(review.ballot_ids) == sorted(
        Ballot.objects.filter(network=NETWORK).values_list("pk", flat=True)
    )
    assert verify(poll).findings == []


@pytest.mark.django_db(transaction=True)  # votes are announced when they are committed
def test_readers_see_the_tally_without_them(admin_client, graphql: GraphQLClient, poll, burst):
    query = "query ($id: ID!) { poll(id: $id) { totalVotes options { votes } } }"
    before = graphql.data(query, id=str(poll.pk))["poll"]
    decide(admin_client, poll, "set_aside", burst)
    after = graphql.data(query, id=str(poll.pk))["poll"]
    assert (before["totalVotes"], after["totalVotes"]) == (5, 2)
    assert [option["votes"] for option in after["options"]] == [2, 0, 0]


def test_the_log_of_the_poll_keeps_who_why_and_how_many(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    entry = ModelLogEntry.objects.get(action="polls.set_aside")
    assert (entry.object_id, entry.user.username) == (str(poll.pk), "admin")
    assert entry.data == {"ballots": 3, "reason": REASON}


@pytest.mark.parametrize("reason", ["", "   ", "gian"])
def test_without_a_reason_nothing_is_set_aside(admin_client, poll, burst, reason):
    page = decide(admin_client, poll, "set_aside", burst, reason).content.decode()
    assert "lý do" in page.lower()
    assert votes(poll) == [5, 2, 3, 0]
    assert not Review.objects.exists()


def test_what_was_set_aside_is_counted_again(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    decide(admin_client, poll, "restore", Review.objects.get(), "Đó là một trường học.")
    assert votes(poll) == [5, 2, 3, 0]
    assert [each.action for each in Review.objects.order_by("pk")] == ["set_aside", "restored"]
    assert ModelLogEntry.objects.filter(action="polls.restored").count() == 1
    assert verify(poll).findings == []


def test_a_decision_is_undone_once(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    review = Review.objects.get()
    decide(admin_client, poll, "restore", review, "Đó là một trường học.")
    assert told(decide(admin_client, poll, "restore", review, "Thêm một lần nữa.")) == [
        DECIDED,
        "Bạn đã viết: “Thêm một lần nữa.”",
    ]
    assert votes(poll) == [5, 2, 3, 0]


@pytest.mark.parametrize(("action", "reason"), [("set_aside", REASON), ("dismiss", "")])
def test_who_decides_second_is_told_and_keeps_the_reason(admin_client, poll, burst, action, reason):
    decide(admin_client, poll, "set_aside", burst)
    kept = [f"Bạn đã viết: “{reason}”"] if reason else []
    assert told(decide(admin_client, poll, action, burst, reason)) == [DECIDED, *kept]
    assert (Review.objects.count(), Burst.objects.get().state) == (1, Burst.State.SET_ASIDE)


def test_a_reason_that_is_too_short_stays_where_it_was_written(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    page = decide(admin_client, poll, "restore", Review.objects.get(), "Ngắn").content.decode()
    assert 'name="reason" value="Ngắn"' in page


def test_a_burst_is_found_to_be_in_order(admin_client, poll, burst):
    decide(admin_client, poll, "dismiss", burst, "")
    burst.refresh_from_db()
    assert burst.state == Burst.State.DISMISSED
    assert votes(poll) == [5, 2, 3, 0]
    assert ModelLogEntry.objects.filter(action="polls.burst_dismissed").count() == 1


def test_who_was_set_aside_votes_again_and_stays_set_aside(admin_client):
    poll, voter = PollFactory(allows_change=True), new_voter()
    vote(poll, 0, voter=voter, origin=Origin(NETWORK, "a"))
    burst = burst_of(poll, 1, 1)
    decide(admin_client, poll, "set_aside", burst)
    vote(poll, 2, voter=voter)
    assert votes(poll) == [0, 0, 0, 0]
    decide(admin_client, poll, "restore", Review.objects.get(), "Đó là một trường học.")
    assert votes(poll) == [3, 0, 2, 1]
    assert verify(poll).findings == []


def test_votes_that_were_changed_since_the_burst_was_flagged_are_set_aside(admin_client, settings):
    settings.CMS_POLL_BURST_BALLOTS = 3
    poll, origin = PollFactory(allows_change=True), Origin(NETWORK, "a")
    begin = poll.opens_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    voters = [new_voter() for _ in range(3)]
    for voter in voters:
        vote(poll, 0, voter=voter, origin=origin, now=begin)
    flag_bursts(poll.pk, begin)
    for voter in voters[:2]:
        vote(poll, 1, voter=voter, origin=origin, now=begin + timedelta(minutes=1))
    vote(poll, 1, origin=origin, now=begin + timedelta(minutes=10))  # of the next ten minutes
    decide(admin_client, poll, "set_aside", Burst.objects.get())
    assert (votes(poll), len(Review.objects.get().ballot_ids)) == ([1, 0, 1, 0], 3)


def test_a_burst_tells_of_votes_that_were_changed(poll, settings):
    settings.CMS_POLL_BURST_BALLOTS = 1
    poll, voter, origin = PollFactory(allows_change=True), new_voter(), Origin(NETWORK, "a")
    vote(poll, 0, voter=voter, origin=origin, now=poll.opens_at)
    flag_bursts(poll.pk, poll.opens_at)
    later = poll.opens_at + timedelta(microseconds=1)
    vote(poll, 1, voter=voter, origin=origin, now=later)
    flag_bursts(poll.pk, later)
    assert Burst.objects.get().ends_at == later


def test_ballots_that_come_after_a_batch_was_set_aside_are_another_burst(admin_client, poll, burst):
    decide(admin_client, poll, "set_aside", burst)
    again = burst_of(poll, 1, 1)
    assert (again.ballots, votes(poll)) == (2, [4, 2, 2, 0])


@pytest.mark.parametrize(("role", "status"), [("reporter", 302), ("editor", 200), ("administrator", 200)])
def test_only_some_roles_review_ballots(poll, burst, role, status):
    client = logged_in(person(role))
    assert client.get(address(poll)).status_code == status
    client.post(address(poll), {"action": "set_aside", "id": burst.pk, "reason": REASON})
    assert Review.objects.exists() is (status == 200)


def test_a_stranger_reviews_nothing(client, poll, burst):
    assert client.post(address(poll), {"action": "set_aside", "id": burst.pk}).status_code == 302
    assert not Review.objects.exists()


def test_a_burst_of_another_poll_is_not_found(admin_client, burst):
    other = PollFactory()
    assert decide(admin_client, other, "set_aside", burst).status_code == 404
    assert not Review.objects.exists()


def test_a_number_that_no_burst_has_is_not_found(admin_client, poll):
    sent = {"action": "set_aside", "id": "9" * 4_400, "reason": REASON}
    assert admin_client.post(address(poll), sent).status_code == 404
