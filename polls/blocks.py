"""A poll within a text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.content.blocks.registry import register_body_block
from cms.graphql.fields import BlockLink, fields_of


@register_body_block("poll", order=90)
class PollBlock(StructBlock):
    """A poll within a text."""

    poll = SnippetChooserBlock("polls.Poll", label=_("poll"))

    class Meta:
        icon = "list-ul"
        label = _("Poll")
        description = _("A poll that readers vote in, in the middle of the text.")


@fields_of(PollBlock)
class PollBlockFields:
    poll = BlockLink("poll", "polls.Poll", description="The poll; null where it is not public.")
