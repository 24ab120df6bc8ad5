"""How PostgreSQL answers our lists on a large site: `python -m benchmarks.plans`.

Asks each kind of list, prints the plan's tables that are read from end to end, and fails if a table of pages is one.
"""

from __future__ import annotations

import os
import re
import sys

import django

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "settings.development",
    "ACCELERATORS_OFF": "answer_cache,prepared_statements",
}

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
    "related": '{ page(urlPath: "/tin-tuc/a-700/") { ... on ArticlePage { relatedArticles { title } } } }',
    "of grapple": '{ pages(contentType: "articles.ArticlePage", order: "-first_published_at") { title } }',
    "zones": "{ zones(first: 100) { nodes { name } } }",
    "zones in a box": "{ zones(filter: { bbox: { west: 105, south: 21, east: 106, north: 22 } }) { nodes { name } } }",
    "routes": "{ routes(first: 500) { nodes { url } } }",
}
PAGES = {"wagtailcore_page", "articles_articlepage"}
SCAN = re.compile(r"Seq Scan on (\w+)")


def main() -> None:
    """Print the sequential scans of each list; exit status 1 where a table of pages is scanned."""
    django.setup()
    import logging

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    logging.disable(logging.CRITICAL)
    client = Client(headers={"host": "localhost"})
    failed = False
    for name, query in LISTS.items():
        with CaptureQueriesContext(connection) as captured:
            response = client.post("/graphql/", {"query": query}, content_type="application/json")
            statements = [each["sql"] for each in captured if each["sql"].startswith(("SELECT", "("))]
        assert "errors" not in response.json(), response.json()  # noqa: S101 - a measurement of an error is none
        scanned: set[str] = set()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(f"EXPLAIN {statement}")
                scanned |= {table for (line,) in cursor.fetchall() for table in SCAN.findall(line)}
        failed |= bool(scanned & PAGES)
        print(f"{name:16} {len(statements)} statements, whole tables: {', '.join(sorted(scanned)) or 'none'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
