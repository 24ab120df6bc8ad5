"""Every accelerator has a switch: with all of them off nothing is kept, and nothing is loaded for others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.client import GraphQLClient
from tests.factories.articles import CategoryFactory
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.oracle.comparing import all_off, switched

ROOT = Path(__file__).parents[2]
#: A part of a selection on an article for each kind of load.
LOADS = {
    "link": "category { name }",
    "reverse list": "attachments { title }",
    "link of blocks": "body { ... on PictureBlock { image { title } } }",
    "page list": "siblings { title }",
    "parent": "parent { title }",
    "seo": "seo { image { title } jsonLd }",
    "nested connection": "campaign { articles { totalCount nodes { title } } }",
    "counts": "category { articleCount }",
    "related": "relatedArticles { title } previousArticle { title }",
}


def test_each_switch_is_read_in_the_code():
    sources = [path.read_text() for path in (ROOT / "cms").rglob("*.py")]
    read = {name for source in sources for name in re.findall(r'is_on\("(\w+)"\)', source)}
    assert read == set(settings.CMS_ACCELERATORS)


def test_each_switch_is_described_for_operators():
    section = (ROOT / "docs" / "operations.md").read_text().partition("## Finding a wrong answer")[2]
    section = section.partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == sorted(settings.CMS_ACCELERATORS)


@pytest.fixture(scope="module")
def two_articles(shared: None) -> None:
    """What each test begins with."""
    articles(2)


def articles(number: int) -> None:
    for _each in range(number):
        article = ArticlePageFactory(
            category=CategoryFactory(),
            campaign=CampaignPageFactory(),
            hero_image=ImageFactory(),
            body=[{"type": "picture", "value": {"image": ImageFactory().pk, "caption": "", "credit": ""}}],
        )
        article.attachments.create(document=DocumentFactory())
        article.save()


def statements(query: str) -> list[str]:
    """The statements of an operation that the plainest way takes, when the process has just begun."""
    cache.clear()
    ContentType.objects.clear_cache()
    with switched(all_off()), CaptureQueriesContext(connection) as captured:
        response = GraphQLClient().post(query)
    assert "errors" not in response.json()
    return [each["sql"] for each in captured]


@pytest.mark.django_db
@pytest.mark.usefixtures("two_articles")
def test_the_reference_keeps_nothing_from_one_request_to_the_next():
    """What keeps something, and has no switch, fails here: the second request would ask for less."""
    query = f"{{ articles {{ totalCount nodes {{ url {' '.join(LOADS.values())} }} }} site {{ name }} routes {{ nodes {{ url }} }} }}"
    first = statements(query)
    assert len(statements(query)) == len(first)


@pytest.mark.django_db
@pytest.mark.usefixtures("two_articles")
@pytest.mark.parametrize("kind", list(LOADS))
def test_the_reference_loads_for_each_row_by_itself(kind: str):
    """What loads for several rows at once, and has no switch, fails here."""
    query = f"{{ articles {{ nodes {{ {LOADS[kind]} }} }} }}"
    two = len(statements(query))
    articles(2)
    assert len(statements(query)) >= two + 2
