"""A poll within a page's body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.schema.fields import fields_of
from cms.graphql.wagtail.blocks import BlockLink


@register_body_block("poll", order=80)
class PollBlock(StructBlock):
    """A poll that readers vote in without leaving the page."""

    poll = SnippetChooserBlock("polls.Poll", label=_("poll"))

    class Meta:
        icon = "tasks"
        label = _("Poll")
        description = _("A poll that readers vote in without leaving the page.")


@fields_of(PollBlock)
class PollBlockFields:
    poll = BlockLink("poll", "polls.Poll", description="The poll; null where it is not public any more.")
