"""Asking the requests of a walk, and looking for the word in what is answered."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tests.client import GraphQLClient
from tests.leaks.secrets import WORD
from tests.leaks.walk import Walk, reached

BASE64 = re.compile(r"[A-Za-z0-9_-]{12,}")


def ask(
    graphql: GraphQLClient, walk: Walk, part: str = "", **how: Any
) -> tuple[dict[str, str], set[tuple[str, str]], dict[str, str]]:
    """By field the request whose answer held the word; the fields that led to something; by field what went wrong."""
    shown, seen, wrong = {}, set(), {}
    for where, query in walk.requests(part, **how):
        answer = graphql.post(query).json()
        for error in answer.get("errors", []):
            wrong[where] = error["extensions"]["code"]
        text = json.dumps(answer, ensure_ascii=False)
        if WORD in (text + "".join(_decoded(text))).lower().replace(f'"{WORD}"', ""):
            shown[where] = query
        reached(answer.get("data"), seen)
    return shown, seen, wrong


def _decoded(text: str) -> Iterator[str]:
    """What stands in cursors, and in whatever else is written in base 64."""
    for found in BASE64.findall(text):
        with suppress(ValueError):
            yield base64.urlsafe_b64decode(found + "=" * (-len(found) % 4)).decode(errors="replace")
