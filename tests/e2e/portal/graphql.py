"""Requests to the portal's endpoint, from outside."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from tests.portal import Portal


def ask(portal: Portal, query: str, **variables: Any) -> dict[str, Any]:
    """The data of the answer; fails if it has errors."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {"Content-Type": "application/json", "Accept-Language": "vi"}
    with urlopen(Request(f"{portal.cms}/graphql/", body, headers), timeout=30) as answer:  # noqa: S310 - our own
        found = json.load(answer)
    assert "errors" not in found, found["errors"]
    return found["data"]


def page_id(portal: Portal, path: str) -> str:
    """The id of the public page at this path."""
    return ask(portal, "query($path: String!) { page(urlPath: $path) { id } }", path=path)["page"]["id"]


def titles(portal: Portal, language: str) -> list[str]:
    """The titles of all pages in a language, the longest first."""
    pages = ask(portal, "{ pages(limit: 100) { title locale { code } } }")["pages"]
    found = [each["title"] for each in pages if each["locale"]["code"] == language]
    return sorted(found, key=len, reverse=True)
