"""Payload and Strapi, where `benchmarks/peers/build` has made them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from benchmarks.systems import Question, System

FOLDER = Path(os.environ.get("PEERS_FOLDER", Path(__file__).parent / ".work"))
PAYLOAD = {
    "A": '{Articles(where:{slug:{equals:"%s"}},limit:1){docs{title slug date author source body campaign{title slug}}}}',
    "B": '{Articles(sort:"-date",limit:20){docs{title slug date summary campaign{title slug}}}}',
    "C": (
        '{Articles(sort:"-date",limit:10){docs{title slug date summary campaign{title slug}}} '
        "Zones(limit:8){docs{name slug areaHa occupancy lat lng boundary}} Polls(limit:1){docs{question options{text votes}}}}"
    ),
}
STRAPI = {
    "A": '{articles(filters:{slug:{eq:"%s"}}){title slug date author source body campaign{title slug}}}',
    "B": '{articles(sort:"date:desc",pagination:{limit:20}){title slug date summary campaign{title slug}}}',
    "C": (
        '{articles(sort:"date:desc",pagination:{limit:10}){title slug date summary campaign{title slug}} '
        "zones(pagination:{limit:8}){name slug areaHa occupancy lat lng boundary} "
        "polls(pagination:{limit:1}){question options{text votes}}}"
    ),
}
#: Parts of a right answer: how often each of them stands in it.
EXPECTED = {"A": (b'"slug":"a-', 1), "B": (b'"slug":"a-', 20), "C": (b'"slug":"a-', 10)}


def systems() -> list[System]:
    """The peers that have been built."""
    base = os.environ.get("TEST_DATABASE_URL", os.environ.get("DATABASE_URL", "")).rpartition("/")[0]
    node = {"NODE_ENV": "production", "NEXT_TELEMETRY_DISABLED": "1", "STRAPI_TELEMETRY_DISABLED": "1"}
    payload, strapi = FOLDER / "payload", FOLDER / "strapi"
    found = []
    if (payload / ".next" / "BUILD_ID").exists():
        command = ["node", "node_modules/next/dist/bin/next", "start", "-p", "7301"]
        environment = {**node, "DATABASE_URI": f"{base}/payload"}
        questions = _questions(PAYLOAD, "/api/graphql")
        found.append(System("Payload", command, 7301, questions, environment, payload, "/api/graphql"))
    if (strapi / "node_modules").exists():
        command = ["node", "node_modules/@strapi/strapi/bin/strapi.js", "start"]
        environment = {**node, "DATABASE_URI": f"{base}/strapi", "PORT": "7302"}
        found.append(
            System("Strapi", command, 7302, _questions(STRAPI, "/graphql"), environment, strapi, "/_health")
        )
    return found


def _questions(queries: dict[str, str], path: str) -> dict[str, Question]:
    return {
        name: Question(
            [json.dumps({"query": query % f"a-{number}"}) for number in range(1000)]
            if name == "A"
            else [json.dumps({"query": query})],
            path,
            holds=lambda body, name=name: _is_right(name, body),
        )
        for name, query in queries.items()
    }


def _is_right(name: str, body: bytes) -> bool:
    text, times = EXPECTED[name]
    return b'"errors"' not in body and body.replace(b'": "', b'":"').count(text) == times
