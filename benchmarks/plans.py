"""How PostgreSQL answers our lists on a large site: `python -m benchmarks.plans`.

Asks each kind of list as production does, prepared, has each of its statements explained, and fails where one goes
through more rows of pages than any list shows, whether from end to end or along an index.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import django

LISTS = {
    "newest": "{ articles(first: 20) { nodes { title } } }",
    "by title": "{ articles(first: 20, orderBy: TITLE_ASC) { nodes { title } } }",
    "of a category": '{ articles(first: 20, filter: { category: "tin-tuc-su-kien" }) { nodes { title } } }',
    "of no category": '{ articles(first: 20, filter: { category: "khong-co" }) { nodes { title } } }',
    "of a campaign": '{ articles(first: 20, filter: { campaign: "phong-trao-5" }) { nodes { title } } }',
    "of an author": '{ articles(first: 20, filter: { author: "Nguyễn Việt Dũng" }) { nodes { title } } }',
    "of a tag": '{ articles(first: 20, filter: { tag: "chính sách" }) { nodes { title } } }',
    "featured": "{ articles(first: 20, filter: { featured: true }) { nodes { title } } }",
    "of a period": '{ articles(first: 20, filter: { publishedFrom: "2016-01-01", publishedTo: "2016-02-01" }) { nodes { title } } }',
    "found": '{ search(query: "Cẩm Khê", first: 20) { edges { node { title url } } } }',
    "by address": '{ page(urlPath: "/tin-tuc/a-700/") { title } }',
    "by slug": '{ page(slug: "a-700") { title } }',
    "neighbours": '{ page(urlPath: "/tin-tuc/a-700/") { ... on ArticlePage { nextArticle { title } previousArticle { title } } } }',
    "around it": '{ page(urlPath: "/tin-tuc/a-700/") { siblings(limit: 5) { title } nextSiblings(limit: 5) { title } previousSiblings(limit: 5) { title } ancestors { title } } }',
    "below the news": '{ page(urlPath: "/tin-tuc/") { children(limit: 20) { title } descendants(limit: 20) { title } } }',
    "related": '{ page(urlPath: "/tin-tuc/a-700/") { ... on ArticlePage { relatedArticles { title } } } }',
    "of grapple": '{ pages(contentType: "articles.ArticlePage", order: "-first_published_at") { title } }',
    "zones": "{ zones(first: 100) { nodes { name } } }",
    "zones in a box": "{ zones(filter: { bbox: { west: 105, south: 21, east: 106, north: 22 } }) { nodes { name } } }",
    "a map": '{ page(urlPath: "/cac-khu-cong-nghiep/") { ... on ZoneMapPage { zones(first: 20) { totalCount nodes { name } } totals { zones enterprises } featureCollection legend { label } } } }',
    "routes": "{ routes(first: 500) { nodes { url } } }",
}
PAGES = {"wagtailcore_page", "articles_articlepage"}
#: Rows of those that a list may go through; the longest shows 500.
MOST = 2000
JSON = "application/json"
#: Times that a list is asked before it is looked at: from the third on its statements are prepared.
BEFORE = 3


def main() -> None:
    """Print how many rows of pages each list goes through; exit status 1 where they are more than MOST."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "settings.development", "ACCELERATORS_OFF": "answer_cache"}
    django.setup()
    import logging

    from django.test import Client

    logging.disable(logging.CRITICAL)
    client = Client(headers={"host": "localhost"})
    failed = False
    for name, query in LISTS.items():
        found = rows_of_pages(
            lambda query=query: client.post("/graphql/", {"query": query}, content_type=JSON)
        )
        failed |= found > MOST
        print(f"{name:16} {found:6} rows of pages{' TOO MANY' if found > MOST else ''}")
    sys.exit(1 if failed else 0)


def rows_of_pages(ask: Callable[[], Any]) -> int:
    """The rows of pages that PostgreSQL goes through for the request that `ask` sends, its statements prepared."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _each in range(BEFORE):
        ask()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
        asked = [each["sql"] for each in captured if each["sql"].startswith(("SELECT", "(", "EXECUTE"))]
    assert "errors" not in response.json(), response.json()  # noqa: S101 - a measurement of an error is none
    found = 0
    with connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
            [[plans]] = cursor.fetchall()
            found += sum(_rows_read(each["Plan"]) for each in plans)
    return found


def _rows_read(plan: dict[str, Any]) -> int:
    # Those that it went through and left out included.
    passed = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    own = passed * plan["Actual Loops"] if plan.get("Relation Name") in PAGES else 0
    return int(own) + sum(_rows_read(each) for each in plan.get("Plans", []))


if __name__ == "__main__":
    main()
