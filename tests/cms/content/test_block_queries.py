from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.blocks import Block, BooleanBlock, FloatBlock, IntegerBlock

from cms.graphql.wagtail.blocks import BlockItem
from cms.graphql.wagtail.build import schema
from tests.client import GraphQLClient
from tests.factories.blocks import home, page_with_body, raw
from tests.factories.media import DocumentFactory, ImageFactory, private_collection

pytestmark = pytest.mark.usefixtures("countable")

BUTTON = (
    "query($id: ID!) { page(id: $id) { ... on ArticlePage { body { ... on CallToActionBlock { style } } } } }"
)
LIST = (
    "query($id: ID!) { page(id: $id) { ... on HomePage { sections { ... on ListSectionBlock { kind } } } } }"
)
BODY = """query($id: ID!) { page(id: $id) { ... on ArticlePage { body {
    __typename blockType
    ... on HeadingBlock { text level anchor }
    ... on ParagraphBlock { html plainText }
    ... on PictureBlock { image { alt rendition(preset: WIDE) { width } } caption credit }
    ... on GalleryBlock { pictures { image { alt } caption } }
    ... on QuoteBlock { text attribution }
    ... on DataTableBlock { caption headers rows }
    ... on AttachmentBlock { document { title fileSize fileExtension } }
    ... on VideoBlock { url title thumbnailUrl html }
    ... on CallToActionBlock { text url style }
} } } }"""


def body(graphql: GraphQLClient, *blocks: dict[str, Any]) -> list[dict[str, Any]]:
    """A live page's body as readers get it, without the types' names."""
    page = page_with_body(*blocks)
    found = graphql.data(BODY, id=str(page.pk))["page"]["body"]
    for block in found:
        assert block.pop("__typename") == block.pop("blockType")
    return found


def test_heading(graphql: GraphQLClient) -> None:
    assert body(graphql, raw("heading", text="Đường tới Mục tiêu!", level="3")) == [
        {"text": "Đường tới Mục tiêu!", "level": 3, "anchor": "duong-toi-muc-tieu"}
    ]


def test_paragraph(graphql: GraphQLClient) -> None:
    assert body(graphql, raw("paragraph", text="<p>A <b>b</b></p><p>c</p>")) == [
        {"html": "<p>A <b>b</b></p><p>c</p>", "plainText": "A b\nc"}
    ]


def test_picture_says_its_own_caption_or_else_the_images(graphql: GraphQLClient) -> None:
    image = ImageFactory(rendered=True, pixels=(700, 400), caption="The gate", credit="Office")
    shown = {"alt": "Workers at a gate", "rendition": {"width": 700}}
    assert body(graphql, raw("picture", image=image.pk, caption="Here"), raw("picture", image=image.pk)) == [
        {"image": shown, "caption": "Here", "credit": "Office"},
        {"image": shown, "caption": "The gate", "credit": "Office"},
    ]


def test_picture_of_a_private_collection_tells_nothing(graphql: GraphQLClient) -> None:
    image = ImageFactory(collection=private_collection(), caption="Secret", credit="Secret")
    assert body(graphql, raw("picture", image=image.pk), raw("picture", image=999)) == [
        {"image": None, "caption": "", "credit": ""},
        {"image": None, "caption": "", "credit": ""},
    ]


def test_gallery(graphql: GraphQLClient) -> None:
    first, second = ImageFactory(description="A"), ImageFactory(description="B", caption="Second")
    listed = [
        {"type": "item", "id": "a", "value": {"image": first.pk, "caption": "First"}},
        {"image": second.pk},
    ]
    assert body(graphql, raw("gallery", pictures=listed)) == [
        {
            "pictures": [
                {"image": {"alt": "A"}, "caption": "First"},
                {"image": {"alt": "B"}, "caption": "Second"},
            ]
        }
    ]


def test_quote(graphql: GraphQLClient) -> None:
    assert body(graphql, raw("quote", text="Words")) == [{"text": "Words", "attribution": ""}]


def test_table(graphql: GraphQLClient) -> None:
    table = {
        "columns": [{"type": "text", "heading": "Zone"}, {"type": "number", "heading": "ha"}],
        "rows": [{"values": ["Thụy Vân", "335.5"]}, {"values": ["", None]}],
        "caption": "Zones",
    }
    assert body(graphql, raw("data_table", table=table)) == [
        {"caption": "Zones", "headers": ["Zone", "ha"], "rows": [["Thụy Vân", "335.5"], ["", ""]]}
    ]


def test_attachment(graphql: GraphQLClient) -> None:
    public, private = DocumentFactory(title="Plan"), DocumentFactory(collection=private_collection())
    assert body(graphql, raw("attachment", document=public.pk), raw("attachment", document=private.pk)) == [
        {"document": {"title": "Plan", "fileSize": 5, "fileExtension": "pdf"}},
        {"document": None},
    ]


def test_video_is_told_from_its_address(graphql: GraphQLClient) -> None:
    (video,) = body(graphql, raw("video", url="https://youtu.be/dQw4w9WgXcQ", title='A "film"'))
    assert video == {
        "url": "https://youtu.be/dQw4w9WgXcQ",
        "title": 'A "film"',
        "thumbnailUrl": "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg",
        "html": '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ" title="A &quot;film&quot;"'
        ' loading="lazy" allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe>',
    }


def test_video_that_is_not_allowed_is_not_embedded(graphql: GraphQLClient) -> None:
    (video,) = body(graphql, raw("video", url="https://evil.example/x", title="A"))
    assert (video["thumbnailUrl"], video["html"]) == (None, "")


def test_button_leads_to_public_pages_and_web_addresses_only(graphql: GraphQLClient) -> None:
    draft = page_with_body(title="Draft", live=False)
    live = page_with_body(title="Live")
    targets = [
        {"page": live.pk},
        {"page": draft.pk},
        {"url": "https://example.com/"},
        {"url": "javascript:alert(1)"},
    ]
    found = body(
        graphql, *[raw("call_to_action", text="Go", style="secondary", **target) for target in targets]
    )
    assert [button["url"] for button in found] == ["/tin-tuc/live/", None, "https://example.com/", None]
    assert found[0] == {"text": "Go", "url": "/tin-tuc/live/", "style": "secondary"}


def test_blocks_of_an_unfinished_draft_are_answered(graphql: GraphQLClient) -> None:
    kinds = [
        "heading",
        "paragraph",
        "picture",
        "gallery",
        "quote",
        "data_table",
        "attachment",
        "video",
        "call_to_action",
    ]
    assert len(body(graphql, *[raw(kind) for kind in kinds])) == 9


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_blocks(graphql: GraphQLClient) -> None:
    target = home().pk
    counts = []
    for number in (2, 12):
        blocks = []
        for image in ImageFactory.create_batch(number, pixels=(700, 400)):
            listed = [{"image": image.pk, "caption": ""}] * 2
            blocks += [
                raw("picture", image=image.pk),
                raw("gallery", pictures=listed),
                raw("attachment", document=DocumentFactory().pk),
                raw("call_to_action", text="Go", page=target, style="primary"),
                raw("paragraph", text=f'<p><a linktype="page" id="{target}">x</a></p>'),
            ]
        page = page_with_body(*blocks, title=f"Page {number}")
        variables = {"id": str(page.pk)}
        graphql.data(BODY, **variables)
        with CaptureQueriesContext(connection) as captured:
            answer = graphql.post(BODY.replace("blockType", "blockType again: blockType"), **variables).json()
        assert len(answer["data"]["page"]["body"]) == 5 * number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_choice_that_was_not_made_or_is_no_longer_offered_is_the_first(graphql: GraphQLClient) -> None:
    page = page_with_body(
        raw("call_to_action", text="a", style="secondary"), raw("call_to_action", text="b", style="old")
    )
    styles = [block["style"] for block in graphql.data(BUTTON, id=page.pk)["page"]["body"]]
    assert styles == ["secondary", "primary"]
    portal = home()
    portal.sections = [
        {"type": "list", "value": {"heading": "c", "kind": "zones"}},
        {"type": "list", "value": {"heading": "d"}},
    ]
    portal.save()
    kinds = [block["kind"] for block in graphql.data(LIST, id=portal.pk)["page"]["sections"]]
    assert kinds == ["zones", "articles"]


@pytest.mark.parametrize(
    ("block", "field", "stored"),
    [(IntegerBlock, "intValue", 5), (FloatBlock, "floatValue", 1.5), (BooleanBlock, "booleanValue", True)],
)
def test_a_value_that_is_no_text_has_a_field_of_its_own(block: type[Block], field: str, stored: Any) -> None:
    fields = schema.graphql_schema.type_map[block.__name__].fields
    for name in ("value", field):
        answered = fields[name].resolve(BlockItem("1", block(), stored), None)
        assert fields[name].type.of_type.serialize(answered) == stored
