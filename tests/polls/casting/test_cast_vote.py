from __future__ import annotations

from http.cookies import Morsel

import pytest

from polls.casting.voters import voter_of
from polls.models import Ballot
from tests.client import Reader
from tests.factories.polls import PollFactory, option_ids

pytestmark = pytest.mark.django_db

CAST = """mutation ($input: CastVoteInput!) {
    castVote(input: $input) { poll { id } receipt errors { code message field } } }"""
TOKEN = "mutation { issueVoterToken { voterToken errors { code } } }"


@pytest.fixture
def reader() -> Reader:
    return Reader()


def vote_of(poll, *places: int, **more: str) -> dict:
    options = option_ids(poll)
    return {"pollId": str(poll.pk), "optionIds": [str(options[place]) for place in places], **more}


def post(reader: Reader, values: dict, **headers: str):
    body = {"query": CAST, "variables": {"input": values}}
    return reader.post("/graphql/", body, content_type="application/json", headers=headers)


def cookie_of(response) -> Morsel | None:
    return response.cookies.get("voter")


def test_a_vote_is_answered_with_its_receipt_and_a_cookie_that_scripts_cannot_read(reader):
    poll = PollFactory()
    response = post(reader, vote_of(poll, 0))
    ballot = Ballot.objects.get()
    assert response.json()["data"]["castVote"] == {
        "poll": {"id": str(poll.pk)},
        "receipt": ballot.receipt,
        "errors": [],
    }
    cookie = cookie_of(response)
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (
        True,
        "Lax",
        "",
        "34560000",
    )
    assert voter_of(cookie.value).digest(poll.pk) == ballot.voter
    assert response["Cache-Control"] == "no-store"


def test_the_cookie_is_secure_over_https(reader):
    body = {"query": CAST, "variables": {"input": vote_of(PollFactory(), 0)}}
    response = reader.post("/graphql/", body, content_type="application/json", secure=True)
    assert cookie_of(response)["secure"] is True


def test_the_cookie_makes_a_second_vote_a_refusal_that_sets_no_cookie(reader):
    poll = PollFactory()
    post(reader, vote_of(poll, 0))
    response = post(reader, vote_of(poll, 1))
    answer = response.json()["data"]["castVote"]
    assert (answer["receipt"], [error["code"] for error in answer["errors"]]) == (None, ["ALREADY_VOTED"])
    assert cookie_of(response) is None
    assert Ballot.objects.count() == 1


def test_a_forged_cookie_is_no_voter_and_is_replaced(reader):
    poll = PollFactory()
    reader.cookies["voter"] = "somebody:forged"
    response = post(reader, vote_of(poll, 0))
    assert response.json()["data"]["castVote"]["errors"] == []
    assert voter_of(cookie_of(response).value) is not None


def test_readers_without_a_key_behind_one_address_are_different_voters():
    poll = PollFactory()
    for _reader in range(3):
        assert post(Reader(), vote_of(poll, 0)).json()["data"]["castVote"]["errors"] == []
    assert Ballot.objects.count() == 3


def test_a_first_vote_whose_answer_was_lost_counts_once_when_sent_again():
    poll, values = PollFactory(), {"idempotencyKey": "0b9c8f0e-2f0a-4c55-9a39-0d5f8f0b7a11"}
    lost = post(Reader(), vote_of(poll, 0, **values))
    again = post(Reader(), vote_of(poll, 0, **values))
    assert again.json() == lost.json()
    assert cookie_of(again).value == cookie_of(lost).value
    assert Ballot.objects.count() == 1


def test_a_key_that_is_sent_again_with_other_options_is_refused_in_vietnamese(reader):
    poll, values = PollFactory(), {"idempotencyKey": "k" * 16}
    post(reader, vote_of(poll, 0, **values))
    answer = post(reader, vote_of(poll, 1, **values)).json()["data"]["castVote"]
    assert answer["receipt"] is None
    assert answer["errors"] == [
        {
            "code": "IDEMPOTENCY_CONFLICT",
            "message": "Khóa này thuộc về lá phiếu của bạn cho các lựa chọn khác. Vui lòng gửi lại phiếu với khóa mới.",
            "field": "idempotencyKey",
        }
    ]


def test_a_retry_with_the_cookie_gets_the_first_receipt(reader):
    poll, values = PollFactory(), {"idempotencyKey": "k" * 16}
    first = post(reader, vote_of(poll, 0, **values)).json()
    assert post(reader, vote_of(poll, 0, **values)).json() == first


@pytest.mark.parametrize("key", ["short", "k" * 201])
def test_a_key_that_others_could_have_too_is_refused(graphql, key):
    errors = graphql.data(CAST, input=vote_of(PollFactory(), 0, idempotencyKey=key))["castVote"]["errors"]
    assert [(error["code"], error["field"]) for error in errors] == [
        ("BAD_IDEMPOTENCY_KEY", "idempotencyKey")
    ]
    assert Ballot.objects.count() == 0


def test_an_app_votes_once_with_its_token_and_gets_no_cookie(graphql):
    poll, token = PollFactory(), graphql.data(TOKEN)["issueVoterToken"]["voterToken"]
    first, second = (post(Reader(), vote_of(poll, 0, voterToken=token)) for _time in range(2))
    assert first.json()["data"]["castVote"]["errors"] == []
    assert [error["code"] for error in second.json()["data"]["castVote"]["errors"]] == ["ALREADY_VOTED"]
    assert (cookie_of(first), cookie_of(second)) == (None, None)


def test_each_token_is_another_voter(graphql):
    tokens = {graphql.data(TOKEN)["issueVoterToken"]["voterToken"] for _time in range(3)}
    assert len({voter_of(token) for token in tokens} - {None}) == 3


def test_a_token_that_we_did_not_issue_is_refused(graphql):
    answer = graphql.data(CAST, input=vote_of(PollFactory(), 0, voterToken="me:forged"))["castVote"]
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [
        ("VOTER_TOKEN_INVALID", "voterToken")
    ]
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize(
    ("traits", "places", "code", "field"),
    [
        ({"scheduled": True}, [0], "POLL_NOT_OPEN", "pollId"),
        ({"closed": True}, [0], "POLL_CLOSED", "pollId"),
        ({"live": False}, [0], "POLL_UNKNOWN", "pollId"),
        ({}, [], "TOO_FEW_CHOICES", "optionIds"),
        ({}, [0, 1], "TOO_MANY_CHOICES", "optionIds"),
        ({}, [0, 0], "OPTION_DUPLICATE", "optionIds"),
    ],
)
def test_a_refusal_names_its_reason_and_the_field_and_writes_nothing(reader, traits, places, code, field):
    poll = PollFactory(**traits)
    response = post(reader, vote_of(poll, *places))
    answer = response.json()["data"]["castVote"]
    assert [(error["code"], error["field"]) for error in answer["errors"]] == [(code, field)]
    assert (answer["receipt"], cookie_of(response), Ballot.objects.count()) == (None, None, 0)
    assert (answer["poll"] is None) is (code == "POLL_UNKNOWN")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("vi", "Cuộc bình chọn đã kết thúc."),
        ("en", "Voting has ended."),
        ("fr", "Cuộc bình chọn đã kết thúc."),
    ],
)
def test_a_refusal_speaks_the_readers_language(reader, language, message):
    answer = post(reader, vote_of(PollFactory(closed=True), 0), **{"accept-language": language}).json()
    assert answer["data"]["castVote"]["errors"][0]["message"] == message


@pytest.mark.parametrize(
    "values", [{"pollId": "x", "optionIds": []}, {"pollId": "1", "optionIds": ["1; drop"]}]
)
def test_ids_that_are_no_ids_are_a_typed_error(graphql, values):
    graphql.errors(CAST, input=values, code="BAD_ID")
    assert Ballot.objects.count() == 0


def test_a_request_casts_one_vote_and_no_more_by_aliases_or_fragments(reader):
    poll, other = PollFactory(), PollFactory()
    query = """mutation ($a: CastVoteInput!, $b: CastVoteInput!) {
        first: castVote(input: $a) { receipt errors { code } } ...More }
        fragment More on Mutation { second: castVote(input: $b) { receipt errors { code } } }"""
    variables = {"a": vote_of(poll, 0), "b": vote_of(other, 0)}
    response = reader.post(
        "/graphql/", {"query": query, "variables": variables}, content_type="application/json"
    )
    assert response.json()["errors"][0]["extensions"]["code"] == "MUTATION_LIMIT"
    assert Ballot.objects.count() == 0
