"""What is kept of where a vote came from: keyed digests for a time, and no address; and limits that go by them."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from polls.casting.origins import Origin, forget_keys, origin_digests
from polls.integrity.verification import verify
from polls.models import Ballot, Burst, DigestKey
from polls.tally.tallies import tallies_by_poll
from tests.client import Reader
from tests.factories.polls import PollFactory, option_ids, vote

pytestmark = pytest.mark.django_db

CAST = "mutation ($input: CastVoteInput!) { castVote(input: $input) { receipt errors { code } } }"
ADDRESS = "203.0.113.77"
AGENT = "Mozilla/5.0 (telling words)"


@pytest.fixture(autouse=True)
def own_keys() -> None:
    forget_keys()


def cast(poll, address: str = ADDRESS, agent: str = AGENT) -> list[str]:
    values = {"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[0])]}
    response = Reader(address=address, user_agent=agent).post(
        "/graphql/", {"query": CAST, "variables": {"input": values}}, content_type="application/json"
    )
    return [error["code"] for error in response.json()["data"]["castVote"]["errors"]]


def test_no_address_and_no_browser_is_stored_anywhere():
    poll = PollFactory()
    assert cast(poll) == []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                assert ADDRESS not in str(row), table
                assert "telling words" not in str(row), table


def test_ballots_of_one_network_carry_the_same_digest_for_a_day():
    poll, today = PollFactory(), timezone.now()
    assert origin_digests(ADDRESS, AGENT, today) == origin_digests(ADDRESS, AGENT, today)
    assert origin_digests(ADDRESS, AGENT, today)[0] != origin_digests("203.0.113.78", AGENT, today)[0]
    assert origin_digests(ADDRESS, AGENT, today)[1] != origin_digests(ADDRESS, "another", today)[1]
    for _voter in range(2):
        cast(poll)
    assert Ballot.objects.values("network", "agent").distinct().count() == 1


def test_addresses_of_one_ipv6_network_are_one():
    now = timezone.now()
    assert origin_digests("2001:db8:1:2::1", "", now) == origin_digests("2001:db8:1:2:ffff::9", "", now)
    assert origin_digests("2001:db8:1:2::1", "", now) != origin_digests("2001:db8:1:3::1", "", now)


def test_the_key_is_another_one_each_day():
    today = timezone.now()
    tomorrow = today + timedelta(days=1)
    assert set(origin_digests(ADDRESS, AGENT, today)).isdisjoint(origin_digests(ADDRESS, AGENT, tomorrow))
    assert DigestKey.objects.count() == 2


def test_keys_and_digests_are_forgotten_after_the_time_that_the_setting_says(settings):
    settings.CMS_POLL_DIGEST_DAYS = 10
    now = timezone.now()
    poll = PollFactory(opens_at=now - timedelta(days=90))
    for days in (40, 11, 9, 0):
        then = now - timedelta(days=days)
        vote(poll, 0, now=then, origin=Origin(*origin_digests(ADDRESS, AGENT, then)))
        Burst.objects.create(
            poll=poll, network=f"{days:032}", begins_at=then, ends_at=then, ballots=1, agents=1
        )
    output = StringIO()
    call_command("tend_polls", stdout=output)
    assert "ballots whose digests were forgotten: 2" in output.getvalue()
    assert [bool(ballot.network) for ballot in Ballot.objects.order_by("created_at")] == [
        False,
        False,
        True,
        True,
    ]
    assert (DigestKey.objects.count(), Burst.objects.count()) == (2, 2)
    # What is forgotten is not what is counted, or sealed.
    assert tallies_by_poll([poll.pk])[poll.pk].ballots == 4
    assert verify(poll).findings == []


def test_a_network_has_a_limit_that_leaves_other_networks_alone(settings):
    settings.CMS_RATE_LIMITS = {"ballot": (2, 3600)}
    poll = PollFactory()
    assert [cast(poll) for _voter in range(4)] == [[], [], ["NETWORK_LIMIT"], ["NETWORK_LIMIT"]]
    assert cast(poll, "203.0.113.78") == []
    assert Ballot.objects.count() == 3
