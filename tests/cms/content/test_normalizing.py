"""Text that comes in is NFC, whichever way it comes: one author, one tag, one file for what looks the same."""

from __future__ import annotations

import json
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Page

from articles.models import ArticleIndexPage
from cms.content.editor import RichTextArea
from cms.content.models import LegalDocument
from cms.media.models import Document
from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory
from tests.factories.uploads import PDF

pytestmark = pytest.mark.django_db
NFC = "Đường Nguyễn Ấu"
NFD = unicodedata.normalize("NFD", NFC)


def uploaded(admin_client: Client, tags: str, name: str = NFD) -> Document:
    file = SimpleUploadedFile(f"{name}.pdf", PDF)
    values = {"title": name, "file": file, "tags": f"{tags},", "collection": "1"}
    assert admin_client.post(reverse("wagtaildocs:add"), values).status_code == 302
    return Document.objects.latest("pk")


@pytest.mark.one_database
def test_a_form_and_the_name_of_its_file_are_normalized(admin_client: Client):
    document = uploaded(admin_client, NFD)
    assert document.title == NFC
    assert unicodedata.is_normalized("NFC", document.file.name)
    assert [tag.name for tag in document.tags.all()] == [NFC]


def test_capitals_and_composition_make_no_second_tag(admin_client: Client):
    for number, typed in enumerate([NFC, NFC.upper(), NFD.lower(), f"{NFC}, {NFC.upper()}"]):
        document = uploaded(admin_client, typed, str(number))
        assert [tag.name for tag in document.tags.all()] == [NFC]
    assert Tag.objects.count() == 1


@pytest.mark.one_database
def test_a_search_of_the_admin_is_normalized(admin_client: Client):
    LegalDocument.objects.create(number="1", title=NFC, issuer="UBND", issued_on="2026-01-01")
    response = admin_client.get(reverse("wagtailsnippets_content_legaldocument:list"), {"q": NFD})
    assert NFC in response.content.decode()


@pytest.mark.one_database
def test_characters_that_no_text_has_are_left_out(admin_client: Client):
    # A line break of Word, a mark of a PDF, and what neither XML nor a database takes.
    document = uploaded(admin_client, "", "Giá\x0blúa\x02 \x00\ufffe&\uffff gạo\x7f")
    assert document.title == "Giá lúa & gạo"
    block = {"key": "a", "text": "Giá\x0blúa\ud800", "type": "unstyled", "depth": 0, "entityRanges": []}
    content = json.dumps({"blocks": [{**block, "inlineStyleRanges": []}], "entityMap": {}})
    assert ">Giá lúa</p>" in RichTextArea().value_from_datadict({"body": content}, {}, "body")


@pytest.mark.one_database
def test_a_rich_text_is_normalized_after_its_ranges_were_read():
    bold = {"offset": len(NFD) + 1, "length": 1, "style": "BOLD"}
    block = {"key": "a", "text": f"{NFD} x", "type": "unstyled", "depth": 0, "entityRanges": []}
    content = json.dumps({"blocks": [{**block, "inlineStyleRanges": [bold]}], "entityMap": {}})
    html = RichTextArea().value_from_datadict({"body": content}, {}, "body")
    assert f"{NFC} <b>x</b>" in html


@pytest.mark.parametrize("composed", [NFC, NFD])
def test_arguments_of_a_query_are_normalized(graphql: GraphQLClient, composed: str):
    ArticlePageFactory(author=NFC)
    by_variable = "query ($author: String) { articles(filter: { author: $author }) { totalCount } }"
    assert graphql.data(by_variable, author=composed)["articles"]["totalCount"] == 1
    literal = by_variable.replace("($author: String)", "").replace("$author", f'"{composed}"')
    assert graphql.data(literal)["articles"]["totalCount"] == 1


def test_an_address_that_is_left_out_is_made_of_the_letters_of_the_title():
    parent = ArticlePageFactory().get_parent().specific
    made = [parent.add_child(instance=ArticleIndexPage(title=title)) for title in ("Đường đi", "Đường đi")]
    assert [Page.objects.get(pk=page.pk).slug for page in made] == ["duong-di", "duong-di-2"]
