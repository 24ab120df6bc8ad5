"""Our own view of a draft, for installations without a frontend."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation
from graphql import parse, validate

from cms.graphql.wagtail.build import schema

pytestmark = pytest.mark.one_database


def queries() -> dict[str, str]:
    """The queries of preview.js, put together as the browser does."""
    with open(finders.find("preview/preview.js")) as script:
        source = script.read()
    texts = dict(re.findall(r'const ([A-Z]+) = [`"](.*?)[`"];', source, re.DOTALL))

    def whole(text: str) -> str:
        return re.sub(r"\$\{ ?([A-Z]+) ?\}", lambda found: whole(texts[found[1]]), text)

    return {name: whole(texts[name]) for name in ("PAGE", "POLL", "SITE")}


@pytest.mark.parametrize("name", ["PAGE", "POLL", "SITE"])
def test_the_views_queries_fit_the_schema(name):
    assert validate(schema.graphql_schema, parse(queries()[name])) == []


def test_the_view_is_for_no_search_engine_and_no_cache_and_only_our_own_frames():
    response = Client().get("/preview/", {"contentType": "articles.ArticlePage", "token": "x"})
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_the_view_puts_nothing_of_its_address_into_the_page():
    text = Client().get("/preview/", {"token": "<script>bimat"}).content.decode()
    assert "bimat" not in text


@pytest.mark.parametrize(("language", "title"), [("vi", "Xem trước"), ("en", "Preview")])
def test_the_view_speaks_the_language_of_the_admin(language, title):
    with translation.override(language):
        text = Client().get("/preview/").content.decode()
    assert f'<html lang="{language}">' in text
    assert f"<title>{title}</title>" in text
