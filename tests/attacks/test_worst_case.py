"""The slowest requests within the limits that were found, on a site of 1,000 articles.

They were looked for at random, among lists of all kinds with everything dear below them; what was slow beside its cost
got a `weight` where it is declared. None may take a second, on a machine that does nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from articles.models import ArticlePage
from benchmarks.build import build
from tests.client import GraphQLClient
from tests.effort import handicap, timed

pytestmark = pytest.mark.django_db

AROUND = " ".join(f"{name}(limit: 5) {{ title }}" for name in ("siblings", "children", "descendants"))
WORST = {
    "pages around pages that are found": f"""{{ search(query: "khu công nghiệp", first: 100) {{
      totalCount facets {{ count }} suggestion
      nodes {{ excerpt page {{ ancestors {{ title url }} translations {{ title }} {AROUND} }} }}
    }} }}""",
    "what stands beside each article": """{ articles(first: 100) { nodes {
      campaign { title articles(first: 5) { totalCount nodes { title } } } breadcrumbs { title url } locale { code }
      nextArticle { title url tags } previousArticle { title summary url tags author source }
    } } }""",
    "many searches": "{ "
    + " ".join(
        f's{n}: articles(first: 5, search: "khu công nghiệp {n}") {{ totalCount nodes {{ title }} }}'
        for n in range(16)
    )
    + " }",
    "whole articles": """{ articles(first: 100) { nodes {
      title summary tags attachments { title url } category { name articleCount }
      body { id blockType rawValue ... on ParagraphBlock { html plainText } ... on HeadingBlock { text } }
      relatedArticles(first: 5) { title url }
    } } }""",
    "what search engines are told": """{ pages(limit: 100) {
      title url seo { title description canonicalUrl robots jsonLd image { url } } parent { title url }
    } }""",
}


@pytest.fixture(scope="module")
def site(demo: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        build(1000)
        # What autovacuum does for a site that is committed: plans go by what the tables hold now.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", list(WORST))
def test_no_request_within_the_limits_takes_a_second(graphql: GraphQLClient, site: None, settings, name: str):
    settings.CMS_GRAPHQL_ANSWER_CACHE = False
    assert ArticlePage.objects.live().count() >= 1000
    seconds = []
    for _each in range(3):
        before = handicap()
        response, taken = timed(lambda: graphql.post(WORST[name]))
        seconds.append(taken / max(before, handicap()))
        answer = response.json()
        assert "errors" not in answer, answer["errors"]
        assert 5_000 < answer["extensions"]["cost"]["requestedQueryCost"] <= 20_000
    assert min(seconds) < 1
