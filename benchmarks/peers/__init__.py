"""Payload and Strapi, where `benchmarks/peers/build` has made them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

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
#: How many articles, zones and polls an answer has.
ROWS = {"A": (1, 0, 0), "B": (20, 0, 0), "C": (10, 8, 1)}


def systems() -> list[System]:
    """The peers that have been built, and have their content in the PostgreSQL server of this run."""
    server = os.environ.get("TEST_DATABASE_URL", os.environ.get("DATABASE_URL", ""))
    # A server of `scripts/services` is gone with its run, what was installed is not.
    made = _databases(server) if FOLDER.exists() else set()
    node = {"NODE_ENV": "production", "NEXT_TELEMETRY_DISABLED": "1", "STRAPI_TELEMETRY_DISABLED": "1"}
    payload, strapi = FOLDER / "payload", FOLDER / "strapi"
    base = server.rpartition("/")[0]
    found = []
    if "payload" in made and (payload / ".next" / "BUILD_ID").exists():
        command = ["node", "node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", "7301"]
        environment = {**node, "DATABASE_URI": f"{base}/payload"}
        questions = _questions(PAYLOAD, "/api/graphql")
        found.append(System("Payload", command, 7301, questions, environment, payload, "/api/graphql"))
    if "strapi" in made and (strapi / "build" / "index.html").exists():
        command = ["node", "node_modules/@strapi/strapi/bin/strapi.js", "start"]
        environment = {**node, "DATABASE_URI": f"{base}/strapi", "PORT": "7302"}
        questions = _questions(STRAPI, "/graphql")
        found.append(System("Strapi", command, 7302, questions, environment, strapi, "/_health"))
    return found


def _databases(server: str) -> set[str]:
    if not server.startswith("postgres"):
        return set()
    command = ["psql", server, "-Atc", "SELECT datname FROM pg_database"]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


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
    answer = json.loads(body)
    if "errors" in answer:
        return False
    # Payload writes `Articles { docs }` where Strapi writes `articles`.
    rows = {
        field.lower(): found["docs"] if isinstance(found, dict) else found
        for field, found in answer["data"].items()
    }
    articles, zones, polls = rows["articles"], rows.get("zones", []), rows.get("polls", [])
    return (
        (len(articles), len(zones), len(polls)) == ROWS[name]
        # The newest first; the first request of A asks for the newest too.
        and [each["slug"] for each in articles] == [f"a-{number}" for number in range(len(articles))]
        and all(_is_whole(each, name) for each in articles)
        and all(len(each["boundary"]["coordinates"][0]) == 31 for each in zones)
        and all(len(each["options"]) == 5 for each in polls)
    )


def _is_whole(article: dict[str, Any], name: str) -> bool:
    text = len(article["body"]) > 2400 if name == "A" else article["summary"]
    return bool(text and article["campaign"]["slug"].startswith("c-"))
