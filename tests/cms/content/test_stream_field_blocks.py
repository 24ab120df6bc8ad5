from __future__ import annotations

import json

import pytest
from django.apps.registry import Apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from wagtail.blocks import CharBlock, StreamBlock, StructBlock

from articles.models import ArticlePage
from cms.content.blocks.registry import body_blocks, register_body_block
from cms.content.streamfield import BodyField, StreamField
from tests.factories.blocks import page_with_body, raw


class TwoBlocks(StreamBlock):
    one = CharBlock()
    two = CharBlock()


def test_migrations_hold_no_blocks() -> None:
    for field in (StreamField(TwoBlocks(), blank=True, max_num=3), BodyField(blank=True)):
        _name, path, args, kwargs = field.deconstruct()
        assert (path, args, kwargs) == ("cms.content.streamfield.StreamField", [], {"blank": True})


def test_options_of_the_field_reach_its_blocks() -> None:
    assert StreamField(TwoBlocks(), max_num=3).stream_block.meta.max_num == 3
    assert BodyField(blank=True, min_num=2).stream_block.meta.min_num == 2
    assert BodyField(blank=True).stream_block.meta.required is False


@pytest.mark.django_db
def test_migration_saves_back_blocks_that_it_does_not_know() -> None:
    page = page_with_body(raw("heading", text="A", level="2"), raw("quote", text="B"))
    stored = _stored(page.pk)

    class Old(models.Model):  # noqa: DJ008 - what a migration sees has no methods
        page_ptr_id = models.IntegerField(primary_key=True)
        body = StreamField(blank=True)

        class Meta:
            apps = Apps()
            app_label = "old"
            db_table = ArticlePage._meta.db_table
            managed = False

    old = Old.objects.get(pk=page.pk)
    assert [block["type"] for block in old.body.raw_data] == ["heading", "quote"]
    old.save()
    assert _stored(page.pk) == stored


def _stored(pk: int) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM articles_articlepage WHERE page_ptr_id = %s", [pk])
        (value,) = cursor.fetchone()
    return json.loads(value) if isinstance(value, str) else value


def test_body_offers_our_blocks_in_their_order() -> None:
    ours = [name for name, block in body_blocks() if block.__module__.startswith("cms.")]
    assert ours == [
        "paragraph",
        "heading",
        "picture",
        "gallery",
        "quote",
        "data_table",
        "attachment",
        "video",
        "call_to_action",
    ]


def test_body_offers_the_blocks_of_content_apps() -> None:
    assert {"poll", "zone_map"} <= set(BodyField().stream_block.child_blocks)


def test_two_blocks_cannot_have_one_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="Two body blocks are named 'heading'"):

        @register_body_block("heading")
        class Another(StructBlock):
            pass
