"""Sections of the home page: what stands on it and in which order. The frontend fills them with the newest content."""

from __future__ import annotations

import graphene
from django.utils.translation import gettext_lazy as _
from grapple.helpers import register_streamfield_block
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    ListBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from cms.content.blocks import CallToActionBlock, ParagraphBlock, PictureBlock, stored
from cms.graphql.schema.fields import Computed, fields_of
from cms.graphql.wagtail.blocks import Blocks


@register_streamfield_block
class HeroSectionBlock(StructBlock):
    """A large picture with a few words and buttons."""

    title = CharBlock(label=_("title"), max_length=200)
    text = TextBlock(label=_("text"), required=False, max_length=500)
    picture = PictureBlock(label=_("picture"), required=False)
    buttons = ListBlock(CallToActionBlock(), label=_("buttons"), max_num=3, default=[])

    class Meta:
        icon = "image"
        label = _("Opening picture")
        description = _("A large picture with a few words and buttons, at the top of the page.")


@register_streamfield_block
class ListSectionBlock(StructBlock):
    """The newest content of one kind, under a heading."""

    heading = CharBlock(label=_("heading"), max_length=200)
    kind = ChoiceBlock(
        label=_("what it lists"),
        choices=[
            ("articles", _("Newest articles")),
            ("featured", _("Featured articles")),
            ("campaigns", _("Running campaigns")),
            ("zones", _("Industrial zones, on a map")),
            ("polls", _("Open poll")),
        ],
        search_index=False,
    )
    limit = IntegerBlock(label=_("how many"), default=6, min_value=1, max_value=50)

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("The newest content of one kind; readers always see what is current.")


@register_streamfield_block
class TextSectionBlock(StructBlock):
    """A heading with text."""

    heading = CharBlock(label=_("heading"), max_length=200)
    text = StreamBlock([("paragraph", ParagraphBlock()), ("picture", PictureBlock())], label=_("text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A heading with paragraphs and pictures.")


class SectionStreamBlock(StreamBlock):
    """The sections of a home page."""

    hero = HeroSectionBlock()
    list = ListSectionBlock()
    text = TextSectionBlock()


@fields_of(HeroSectionBlock)
class HeroSectionFields:
    title = stored.text("title", "The heading.")
    text = stored.text("text", "A few words; may be empty.")
    picture = Blocks("picture", of=PictureBlock, description="The picture, a list of one or none.")
    buttons = Blocks("buttons", of=CallToActionBlock, description="The buttons, in order.")


@fields_of(ListSectionBlock)
class ListSectionFields:
    heading = stored.text("heading", "The heading.")
    kind = stored.word(
        "kind",
        "ListKind",
        {
            "articles": "The newest articles.",
            "featured": "The newest featured articles.",
            "campaigns": "Campaigns that are running.",
            "zones": "Industrial zones, on a map.",
            "polls": "Polls that are open.",
        },
        "What is listed.",
    )
    limit = Computed(
        graphene.Int,
        resolve=lambda item, info: item.raw.get("limit") or 6,
        required=True,
        description="How many to show.",
    )


@fields_of(TextSectionBlock)
class TextSectionFields:
    heading = stored.text("heading", "The heading.")
    body = Blocks("text", description="The text, block by block.")
    text = Blocks(
        "text",
        deprecation_reason="Use `body`: `text` is a text in other blocks.",
        description="The text, block by block.",
    )
