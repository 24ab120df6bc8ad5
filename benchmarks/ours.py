"""Our endpoint and what is compared with it on the same content: the floor, stock wagtail-grapple, Wagtail's REST API."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Any

from benchmarks.systems import ROOT, Question, System, granian, production

OPERATIONS = ROOT / "frontend" / "operations"
ARTICLES = 1000
A = "{ page(slug: %s) { title slug ... on ArticlePage { publishedAt author source body { rawValue } campaign { title slug } } } }"
B = "{ articles(first: 20) { nodes { title slug publishedAt summary campaign { title slug } } } }"
C = (
    "{ articles(first: 10) { nodes { title slug publishedAt summary campaign { title slug } } } "
    "zones(first: 8) { nodes { name slug areaHa occupancyPercent center { latitude longitude } boundary } } "
    "polls(first: 1) { nodes { question options { text votes } } } }"
)
STOCK_A = A.replace("body { rawValue }", "body")
STOCK_B = (
    '{ pages(contentType: "articles.ArticlePage", limit: 20, order: "-first_published_at") '
    "{ title slug ... on ArticlePage { publishedAt summary campaign { title slug } } } }"
)


def slugs() -> list[str]:
    """The addresses of the articles that one question asks for in turn."""
    return [f"a-{number}" for number in range(100, ARTICLES)]


def _body(query: str, operation: str | None = None, /, **variables: Any) -> str:
    return json.dumps({"query": query, "operationName": operation, "variables": variables})


def _operation(file: str, name: str, /, **variables: Any) -> str:
    return _body((OPERATIONS / f"{file}.graphql").read_text(), name, **variables)


@cache
def questions() -> dict[str, Question]:
    """What our endpoint is asked: the peers' three questions, and the clients' own operations."""
    return {
        "A": Question([_body(A % json.dumps(slug)) for slug in slugs()]),
        "B": Question([_body(B)]),
        "C": Question([_body(C)]),
        "article": Question(
            [_operation("article", "Article", urlPath=f"/tin-tuc/{slug}/") for slug in slugs()]
        ),
        "list": Question([_operation("article-list", "ArticleList")]),
        "home": Question([_operation("home", "Home")]),
        "zone map": Question([_operation("zone-map", "ZoneMap", urlPath="/cac-khu-cong-nghiep/")]),
        "search": Question([_operation("search", "Search", query="vi nguoi ngheo")]),
    }


def _ours(name: str, port: int, **environment: str) -> System:
    return System(
        name,
        granian("cms.wsgi:application", port),
        port,
        questions(),
        {**production(port), **environment},
        ready="/healthz",
    )


def layers() -> list[System]:
    """Our endpoint, cold, with all accelerators and without each of them."""
    from settings.base import CMS_ACCELERATORS

    without = [name for name in CMS_ACCELERATORS if name != "answer_cache"]
    return [
        _ours("ours, cold", 8051, ACCELERATORS_OFF="answer_cache"),
        *(_ours(f"without {name}", 8051, ACCELERATORS_OFF=f"answer_cache,{name}") for name in without),
    ]


def systems() -> list[System]:
    """All that needs nothing but this repository, PostgreSQL and, for one, Redis."""
    found = [
        System("floor", granian("benchmarks.floor:application", 8050), 8050, {"B": Question([_body(B)])}),
        _ours("ours, cold", 8051, ACCELERATORS_OFF="answer_cache"),
        _ours("ours, warm", 8052),
        System(
            "stock wagtail-grapple",
            granian("benchmarks.stock.wsgi:application", 8054),
            8054,
            {
                "A": Question([_body(STOCK_A % json.dumps(slug)) for slug in slugs()]),
                "B": Question([_body(STOCK_B)]),
            },
        ),
        System(
            "Wagtail REST API",
            granian("benchmarks.stock.wsgi:application", 8055),
            8055,
            {
                "A": Question(
                    [f"/api/pages/?type=articles.ArticlePage&slug={slug}&fields=*" for slug in slugs()],
                    method="GET",
                ),
                "B": Question(
                    [
                        "/api/pages/?type=articles.ArticlePage&order=-first_published_at&limit=20"
                        "&fields=summary,published_at,campaign(title)"
                    ],
                    method="GET",
                ),
            },
        ),
    ]
    if redis := os.environ.get("TEST_REDIS_URL") or os.environ.get("REDIS_URL"):
        found.insert(3, _ours("ours, warm, Redis", 8053, REDIS_URL=redis))
    return found
