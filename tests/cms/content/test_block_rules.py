from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.blocks import StructBlock

from cms.content.blocks import CallToActionBlock, PictureBlock, VideoBlock
from cms.content.blocks.registry import body_blocks
from cms.content.blocks.video import Video, video_at
from cms.content.streamfield import BodyField
from tests.factories.blocks import body_of, home, raw
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = pytest.mark.one_database

YOUTUBE = Video(
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg"
)


def refused(block: StructBlock, **value: Any) -> list[str]:
    """What an editor who reads Vietnamese is told of a value, field by field."""
    with translation.override("vi"), pytest.raises(ValidationError) as error:
        block.clean(block.to_python(value))
    return [f"{name}: {each.messages[0]}" for name, each in error.value.block_errors.items()]


@pytest.mark.django_db
def test_picture_without_alternative_text_is_refused() -> None:
    image = ImageFactory(title="Gate", without_alt_text=True)
    assert refused(PictureBlock(), image=image.pk) == [
        "image: “Gate” chưa có văn bản thay thế. Mở ảnh trong mục Hình ảnh và mô tả nội dung ảnh."
    ]


@pytest.mark.django_db
def test_picture_with_alternative_text_and_decoration_are_taken() -> None:
    block = PictureBlock()
    for image in (ImageFactory(), ImageFactory(description="", is_decorative=True)):
        assert block.clean(block.to_python({"image": image.pk}))["image"] == image


@pytest.mark.django_db
def test_draft_may_hold_a_picture_that_is_not_described_yet() -> None:
    image = ImageFactory(without_alt_text=True)
    stream = body_of(raw("picture", image=image.pk), raw("picture", image=None))
    assert len(stream.stream_block.clean_deferred(stream)) == 2
    with pytest.raises(ValidationError):
        stream.stream_block.clean(stream)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=3s",
        "https://m.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?si=x",
    ],
)
def test_every_form_of_a_youtube_address_is_known(url: str) -> None:
    assert video_at(url) == YOUTUBE


@pytest.mark.parametrize(
    "url",
    [
        "https://vimeo.com/76979871/8272103f6e",
        "https://vimeo.com/76979871/8272103f6e?share=copy",
        "https://player.vimeo.com/video/76979871?h=8272103f6e",
        "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e&app_id=1#t=2",
    ],
)
def test_an_unlisted_video_of_vimeo_keeps_its_hash(url: str) -> None:
    assert video_at(url) == Video("https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1", None)


@pytest.mark.parametrize(
    "url",
    [
        "https://vimeo.com/76979871",
        "https://player.vimeo.com/video/76979871?h=1",
        "https://vimeo.com/76979871/<script>",
        "https://vimeo.com/76979871?ch=8272103f6e",
    ],
)
def test_vimeo_is_known(url: str) -> None:
    assert video_at(url) == Video("https://player.vimeo.com/video/76979871?dnt=1", None)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.example.com/watch?v=dQw4w9WgXcQ",
        "http://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQextra",
        "https://vimeo.com/channels/staff",
        "https://vimeo.com/١٢٣",
    ],
)
def test_video_of_another_host_is_refused(url: str) -> None:
    assert video_at(url) is None
    assert refused(VideoBlock(), url=url, title="A") == [
        "url: Chỉ nhận địa chỉ video trên YouTube hoặc Vimeo, bắt đầu bằng https."
    ]


@pytest.mark.django_db
def test_button_leads_to_a_page_or_to_an_address_never_to_both_or_none() -> None:
    message = "url: Hãy chọn một trang hoặc nhập một địa chỉ: chỉ một trong hai."
    text = {"text": "Go", "style": "primary"}
    assert refused(CallToActionBlock(), **text, url="", page=None) == [message]
    assert refused(CallToActionBlock(), **text, url="https://example.com", page=home().pk) == [message]
    block = CallToActionBlock()
    block.clean(block.to_python({**text, "url": "https://example.com", "page": None}))
    block.clean(block.to_python({**text, "url": "", "page": home().pk}))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.com/a"])
def test_button_that_would_run_a_script_is_refused(url: str) -> None:
    assert [
        error.split(":")[0] for error in refused(CallToActionBlock(), text="Go", url=url, style="primary")
    ] == ["url"]


def test_rich_text_offers_no_headings_pictures_or_embeds() -> None:
    block = dict(body_blocks())["paragraph"].child_blocks["text"]
    assert not {"h1", "h2", "h3", "h4", "image", "embed", "code"} & set(block.features)


def test_each_body_block_says_what_it_is() -> None:
    for name, block in body_blocks():
        assert block.meta.icon != "placeholder", name
        assert str(block.label), name
        assert str(block.meta.description), name


@pytest.mark.django_db
def test_each_block_of_ours_has_a_preview() -> None:
    ImageFactory.create_batch(2)
    DocumentFactory()
    for name, block in body_blocks():
        if block.__module__.startswith("cms."):
            assert block.is_previewable, name
            assert block.render(block.get_preview_value()), name


@pytest.mark.django_db
def test_previews_work_before_there_is_any_image() -> None:
    for _name, block in body_blocks():
        if block.__module__.startswith("cms."):
            block.get_preview_value()


@pytest.mark.django_db
def test_text_of_blocks_is_found_by_search_and_their_settings_are_not() -> None:
    stream = body_of(
        raw("heading", text="Goals", level="2"),
        raw("quote", text="Nobody left behind", attribution="Plan"),
        raw("call_to_action", text="Read it", url="https://example.com", style="primary"),
    )
    content = stream.stream_block.get_searchable_content(stream)
    assert {"Goals", "Nobody left behind", "Plan", "Read it"} <= set(content)
    assert not {"2", "primary", "Heading", "Main button"} & set(content)


@pytest.mark.django_db
def test_picture_value_falls_back_on_the_image() -> None:
    image = ImageFactory(caption="The gate", credit="Office")
    block = PictureBlock()
    own = block.to_python({"image": image.pk, "caption": "Here", "credit": ""})
    assert (own.caption_or_own, own.credit_or_own) == ("Here", "Office")


def test_editor_sees_previews_in_the_picker_of_blocks(admin_client: Client) -> None:
    ImageFactory(pixels=(40, 30))
    DocumentFactory(title="Plan")
    shown = {
        name: admin_client.get("/admin/block-preview/", {"id": block.definition_prefix}).content.decode()
        for name, block in BodyField().stream_block.child_blocks.items()
        if block.__module__.startswith("cms.")
    }
    assert "<h2>Mục tiêu của phong trào</h2>" in shown["heading"]
    assert 'alt="Workers at a gate"' in shown["picture"]
    assert "Thụy Vân" in shown["data_table"]
    assert "Plan" in shown["attachment"]
    assert "blockquote { border-inline-start" in shown["quote"]
