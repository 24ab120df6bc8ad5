"""What HTTP says of an answer: who may keep it, how long, in which encoding, and whether it is still the same."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import brotli
import pytest
import zstandard
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from cms.graphql.http.encoding import negotiate_encoding, not_modified
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.usefixtures("countable")

LIST = "{ articles { nodes { title summary } } }"
TITLES = "{ articles { nodes { title } } }"
DECODERS = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    "": lambda body: body,
}


def get(graphql: GraphQLClient, query: str = LIST, **headers: str) -> Any:
    return graphql.http.get(
        "/graphql/",
        {"query": query},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


@pytest.fixture
def article(db: None) -> ArticlePage:
    return ArticlePageFactory(title="Tin", summary="Khu công nghiệp Cẩm Khê. " * 60)


def test_a_cdn_may_keep_an_answer_and_readers_ask_again(graphql, article):
    response = get(graphql)
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=30"
    assert response["Vary"] == "Accept, Accept-Encoding, Accept-Language, Origin"
    assert f"page:{article.pk}" in response["Cache-Tag"].split(",")
    assert "list:articles.ArticlePage" in response["Cache-Tag"].split(",")
    assert not response.cookies


def test_nobody_keeps_an_answer_or_reads_its_tags_where_no_edge_cache_is_purged(graphql, article, settings):
    """Tags name the rows that are restricted: every answer depends on them."""
    settings.CMS_CACHE_TAG_HEADER = "off"
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    for _time in range(2):
        response = get(graphql)
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not {"Cache-Tag", "Surrogate-Key", "off"} & response.headers.keys()
        assert f"page:{article.pk}" not in str(response.headers)


def test_an_answer_that_the_clock_ends_is_not_kept_longer(graphql, article):
    expires = timezone.now() + timedelta(seconds=20)
    ArticlePage.objects.update(expire_at=expires)
    kept = get(graphql)["Cache-Control"]
    slowest = int((expires - timezone.now()).total_seconds())
    assert kept in {
        f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate=0" for seconds in range(slowest, 20)
    }


def test_an_answer_that_is_known_is_not_sent_again(graphql, article):
    first = get(graphql)
    second = get(graphql, if_none_match=first["ETag"])
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
    assert get(graphql, if_none_match=f'"other", W/{first["ETag"]}').status_code == 304
    ArticlePage.objects.update(title="Khác")
    third = get(graphql, if_none_match=first["ETag"])
    assert (third.status_code, third["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip", ""])
def test_an_answer_comes_in_the_encoding_that_is_taken(graphql, article, encoding):
    plain = get(graphql)
    response = get(graphql, accept_encoding=encoding)
    assert response.headers.get("Content-Encoding", "") == encoding
    assert DECODERS[encoding](response.content) == plain.content
    assert (response["ETag"] == plain["ETag"]) is (encoding == "")


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, *", "zstd"),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("gzip;q=x", ""),
        ("", ""),
    ],
)
def test_encodings_are_weighed(header, encoding):
    assert negotiate_encoding(header) == encoding


def test_entity_tags_are_compared_weakly():
    assert not_modified('"a", "b"', '"b"')
    assert not_modified('W/"b"', '"b"')
    assert not_modified("*", '"b"')
    assert not not_modified("", '"b"')
    assert not not_modified('"bb"', '"b"')


@pytest.mark.parametrize(
    "query",
    [
        '{ page(slug: "x", site: "nirgends.example") { id } }',
        '{ page(contentType: "articles.ArticlePage", token: "x") { id } }',
    ],
)
def test_errors_and_previews_are_nobody_elses(graphql, article, query):
    response = get(graphql, query)
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert "Cache-Tag" not in response


def test_mutations_are_not_kept(graphql, article):
    response = graphql.post('mutation { recordVisit(input: { path: "/" }) { statistics { today } } }')
    assert response["Cache-Control"] == "no-store"


def test_who_is_logged_in_gets_an_answer_of_their_own(graphql, article, admin_client):
    graphql.post(LIST)
    assert get(graphql, authorization="Bearer x")["Cache-Control"] == "no-store"
    graphql.http.cookies = admin_client.cookies
    assert get(graphql)["Cache-Control"] == "no-store"


def test_a_long_list_of_tags_names_types(graphql, article, unlimited):
    # Each of so many rows would be named.
    aliases = " ".join(f'a{number}: page(id: "{10_000_000_000 + number}") {{ id }}' for number in range(400))
    tags = get(graphql, f"{{ {aliases} articles {{ nodes {{ title }} }} }}")["Cache-Tag"]
    assert len(tags) < 6000
    assert "any:wagtailcore_page" in tags.split(",")


def test_a_kept_answer_is_the_answer_that_was_made(graphql, article):
    first = graphql.post(TITLES)
    with CaptureQueriesContext(connection) as captured:
        second = graphql.post(TITLES)
    assert [each["sql"][:30] for each in captured] == ["SELECT number, token FROM inva"]
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert second.json()["data"] == {"articles": {"nodes": [{"title": "Tin"}]}}
    own = {"X-Request-ID"}
    given, made = (
        {name: value for name, value in each.items() if name not in own} for each in (second, first)
    )
    assert given == made


def test_an_answer_is_kept_until_content_changes(graphql, article):
    graphql.post(TITLES)
    graphql.post(TITLES)
    ArticlePage.objects.update(title="Khác")
    assert graphql.post(TITLES).json()["data"] == {"articles": {"nodes": [{"title": "Khác"}]}}


def test_each_language_and_each_host_has_an_answer_of_its_own(graphql, article):
    get(graphql)
    for headers in ({"accept_language": "en"}, {"host": "khac.example"}):
        with CaptureQueriesContext(connection) as captured:
            get(graphql, **headers)
        assert len(captured) > 1


def test_kept_answers_are_not_for_those_who_are_logged_in(graphql, article):
    graphql.post(TITLES)
    graphql.http.cookies["sessionid"] = "abc"
    response = graphql.post(TITLES)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")


def test_a_body_of_unknown_length_is_refused(graphql, article):
    assert graphql.http.post("/graphql/", b"{}", "application/json", CONTENT_LENGTH="x").status_code == 413
    assert graphql.http.post("/graphql/", b"{}", "application/json").status_code == 400


def test_metrics_tell_how_many_answers_were_kept(graphql, article):
    for _each in range(3):
        graphql.post(TITLES)
    metrics = graphql.http.get("/metrics").content.decode()
    assert 'cms_graphql_answers_total{outcome="kept"}' in metrics
    assert "cms_graphql_answer_bytes" in metrics
