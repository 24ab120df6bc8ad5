"""What scalars look like: one shape each, and where it is laid down."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from cms.graphql.wagtail.build import schema
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

QUERY = "{ articles { nodes { publishedAt seo { jsonLd } } } }"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 11, 1, 2, 3, 456789, tzinfo=UTC),
        datetime(2026, 1, 11, 8, 2, 3, tzinfo=timezone(timedelta(hours=7))),
    ],
)
def test_a_moment_has_one_shape(graphql: GraphQLClient, moment: datetime):
    ArticlePageFactory(published_at=moment)
    article = graphql.data(QUERY)["articles"]["nodes"][0]
    assert article["publishedAt"] == "2026-01-11T01:02:03Z"
    news = next(each for each in article["seo"]["jsonLd"]["@graph"] if "datePublished" in each)
    assert news["datePublished"] == "2026-01-11T01:02:03Z"


def test_all_moments_of_all_types_are_the_same_scalar():
    names = {name for name in schema.graphql_schema.type_map if "Time" in name}
    assert names == {"DateTime"}


def test_each_scalar_of_ours_says_where_it_is_specified(graphql: GraphQLClient):
    scalars = graphql.data("{ __schema { types { kind name specifiedByURL } } }")["__schema"]["types"]
    specified = {each["name"]: each["specifiedByURL"] for each in scalars if each["kind"] == "SCALAR"}
    own = {name for name in specified if name not in {"Boolean", "Float", "ID", "Int", "String"}}
    assert own == {"Date", "DateTime", "GeoJSON", "JSON", "PositiveInt"}
    assert all(specified[name].startswith("https://") for name in own)
