"""Whatever somebody types into a search, it is a search: in every list of the admin, and for readers."""

from __future__ import annotations

import unicodedata

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import parse_query_string

from cms.content.models import LegalDocument
from polls.models import Poll
from tests.client import GraphQLClient
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.polls import PollFactory

WORDS = [
    '"',
    "   ",
    " ".join(["từ"] * 172),
    '"a b',
    "\u00a0",
    "\\",
    "'",
    '""',
    '" "',
    "*",
    "a:b (c",
    "x" * 5000,
    "a*",
    "OR",
    "NOT",
    "-",
    "%",
    'tiêu đề:"x"',
    "\ud7ff\ue000",
]
#: Lists that are drawn whole, with all their menus.
WHOLE = {"wagtailadmin_explore_root", "wagtailimages:index", "wagtaildocs:index", "wagtailredirects:index"}
LISTS = [
    "wagtailadmin_pages:search",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
    "wagtailsnippets_polls_poll:list",
    "wagtailsnippets_content_legaldocument:list",
    "wagtailsnippets_articles_articlecategory:list",
    "wagtailusers_users:index",
    "wagtailredirects:index",
    "wagtailadmin_choose_page_search",
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_no_words_break_a_list_of_the_admin(admin_client: Client, name: str):
    address = reverse(name)
    # What broke them, and a sample of the rest: a page of the admin takes a tenth of a second.
    for words in WORDS[: 6 if name in WHOLE else 12]:
        assert admin_client.get(address, {"q": words}).status_code == 200, words


@pytest.mark.django_db
@pytest.mark.parametrize("words", WORDS)
def test_no_words_break_the_search_that_lists_share(words: str):
    for model in (Page, get_image_model(), Poll):
        for operator in ("and", "or"):
            list(get_search_backend().search(parse_query_string(words, operator)[1], model))
            list(get_search_backend().search(words, model, operator=operator))
            list(get_search_backend().autocomplete(words, model))


TITLE = "Vì người nghèo, đường dây nóng"
FOLDED = {
    "wagtailimages:index": lambda: ImageFactory(title=TITLE),
    "wagtailimages_chooser:choose_results": lambda: ImageFactory(title=TITLE),
    "wagtaildocs:index": lambda: DocumentFactory(title=TITLE),
    "wagtaildocs_chooser:choose_results": lambda: DocumentFactory(title=TITLE),
    "wagtailsnippets_polls_poll:list": lambda: PollFactory(question=TITLE),
    "wagtailsnippets_content_legaldocument:list": lambda: LegalDocument.objects.create(
        number="4524/KH-UBND", title=TITLE, issuer="UBND tỉnh", issued_on="2026-01-01"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FOLDED)
def test_lists_of_the_admin_find_with_and_without_diacritics(admin_client: Client, name: str):
    index.insert_or_update_object(FOLDED[name]())
    for words in (
        "nguoi ngheo",
        "người nghèo",
        "NGUOI NGHE",
        "đường dây",
        unicodedata.normalize("NFD", "đường dây"),
        "nóng người",
    ):
        assert TITLE in admin_client.get(reverse(name), {"q": words}).content.decode(), words
    assert TITLE not in admin_client.get(reverse(name), {"q": "nguoi giau"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["images", "documents", "pages"])
@pytest.mark.parametrize("operator", ["AND", "OR"])
def test_no_words_break_a_search_of_readers(
    graphql: GraphQLClient, no_rate_limits, field: str, operator: str
):
    query = f"query ($words: String) {{ {field}(searchQuery: $words, searchOperator: {operator}) {{ id }} }}"
    for words in WORDS:
        assert "errors" not in graphql.post(query, words=words).json(), words
