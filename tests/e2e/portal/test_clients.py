"""The clients of docs/graphql.md, set up as it says: lists, fragments on interfaces, votes, caches, persisted queries.

Each script of examples/clients/ does the same and prints what its client has found; tests/contract/test_client_notes.py
holds the lines of the docs to those of the scripts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.portal.graphql import ask
from tests.portal import ROOT, Portal, build_example, example_environment, examples_of_this_run

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        "clients" not in examples_of_this_run(),
        reason="this commit's run has another one of examples/; with STARTERS=all each",
    ),
]

CLIENTS_FOLDER = ROOT / "examples" / "clients"
LIST = """query ($after: String) { articles(locale: "vi", first: 3, after: $after) {
  nodes { title } pageInfo { endCursor } } }"""
PAGE = """query ($urlPath: String!) { page(urlPath: $urlPath) {
  title ... on ArticlePage { summary } } }"""
#: The demonstration's, which has been open longest: other tests open theirs.
POLLS = "{ polls(last: 1, filter: { state: OPEN }) { nodes { id options { id } } } }"
VOTE = "mutation ($input: CastVoteInput!) { castVote(input: $input) { errors { code } } }"
FIGURES = """query ($id: ID!, $voterToken: String!) {
  poll(id: $id, voterToken: $voterToken) { options { votes } } }"""

#: Read again past the client's own cache: a GET that an edge may answer, without the document.
BY_HASH = {"method": "GET", "document": False, "hash": True, "status": 200}
WHOLE = {"method": "POST", "document": True, "hash": False, "status": 200}
CLIENTS = {
    "apollo.js": BY_HASH,
    "urql.js": BY_HASH,
    "built/relay.js": BY_HASH,
    "built/houdini.js": WHOLE,
}

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def run(portal: Portal) -> Run:
    """Runs a command in the clients' folder, installed and built as its README says; answers what it prints, from JSON."""
    environment = example_environment(portal)
    folder = build_example("clients", environment)

    def run(*command: str, **more: str) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603 - our own scripts
            command, cwd=folder, env={**environment, **more}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="module")
def voter(portal: Portal) -> dict[str, str]:
    """One who has voted for the first option, and so is shown the figures."""
    [poll] = ask(portal, POLLS)["polls"]["nodes"]
    voter = ask(portal, "mutation { issueVoterToken { voterToken } }")["issueVoterToken"]
    vote = {"pollId": poll["id"], "optionIds": [poll["options"][0]["id"]], "idempotencyKey": str(uuid4())}
    assert ask(portal, VOTE, input={**vote, **voter})["castVote"] == {"errors": []}
    return {"id": poll["id"], **voter}


@pytest.fixture
def expected(portal: Portal, voter: dict[str, str]) -> dict[str, Any]:
    """What a plain request finds; and the votes as they will be with one more for the first option."""
    first = ask(portal, LIST)["articles"]
    second = ask(portal, LIST, after=first["pageInfo"]["endCursor"])["articles"]
    page = ask(portal, PAGE, urlPath="/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/")["page"]
    votes = [option["votes"] for option in ask(portal, FIGURES, **voter)["poll"]["options"]]
    return {
        "list": [[node["title"] for node in part["nodes"]] for part in (first, second)],
        "page": {**page, "headings": ["Mục đích", "Yêu cầu", "Giải pháp"]},
        "before": [None] * len(votes),
        "after": [votes[0] + 1, *votes[1:]],
    }


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_reads_votes_and_keeps_one_record_of_what_it_reads_twice(
    client: str, run: Run, expected: dict[str, Any]
):
    assert run("node", client) == {
        "list": expected["list"],
        "page": expected["page"],
        # Before the vote; then, from the cache alone, in the list of polls and by the poll's id.
        "votes": [expected["before"], expected["after"], expected["after"]],
        "errors": [],
        "renewed": CLIENTS[client],
        "warnings": [],
    }


@pytest.fixture
def gql() -> dict[str, str]:
    """The environment of gql, which wants a newer graphql-core than the CMS has: in a folder beside the clients."""
    folder, lock = CLIENTS_FOLDER / ".python", CLIENTS_FOLDER / "requirements.lock"
    stamp = folder / "installed.lock"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        what = ["--no-deps", "--require-hashes", "--target", str(folder), "--requirement", str(lock)]
        subprocess.run([*pip, *what], check=True)  # noqa: S603 - our own lock file
        shutil.copy(lock, stamp)
    return {"PYTHONPATH": str(folder)}


def test_gql_reads_votes_and_sends_nothing_that_the_schema_has_not(
    gql: dict[str, str], run: Run, expected: dict[str, Any]
):
    assert run(sys.executable, "ask_gql.py", **gql) == {
        "list": expected["list"],
        "page": expected["page"],
        "votes": [expected["before"], expected["after"]],
        "errors": [],
        "refusal": "Cannot query field 'answers' on type 'Poll'.",
    }
