from __future__ import annotations

import graphene
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, ChoiceBlock, PageChooserBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.content.blocks import groups, stored
from cms.content.blocks.registry import register_body_block
from cms.content.links import safe_address, validate_web_address
from cms.graphql.execution.loading import page_paths
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.fields import Batched, fields_of
from cms.graphql.wagtail.blocks import BlockItem

STYLES = [("primary", _("Main button")), ("secondary", _("Second button"))]


class WebAddressBlock(URLBlock):
    """An address with http or https."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value:
            validate_web_address(value)
        return value


@register_body_block("call_to_action", order=80)
class CallToActionBlock(StructBlock):
    """A button that leads to a page or an address."""

    text = CharBlock(
        label=_("Text"), max_length=100, help_text=_("What the reader will get, e.g. “Read the plan”.")
    )
    page = PageChooserBlock(label=_("Page"), required=False)
    url = WebAddressBlock(
        label=_("Address"), required=False, help_text=_("Instead of a page, an address elsewhere.")
    )
    style = ChoiceBlock(label=_("Style"), choices=STYLES, default="primary", search_index=False)

    class Meta:
        icon = "link"
        template = "content/blocks/call_to_action.html"
        group = groups.INTERACTIVE
        label = _("Button")
        label_format = "{text}"
        description = _("A button that leads to a page or an address.")
        preview_value = {"text": "Xem kế hoạch", "url": "https://phutho.gov.vn/", "style": "primary"}

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        one = bool(cleaned["page"]) is not bool(cleaned["url"])
        if not one and not (self.is_deferred_validation and not cleaned["url"]):
            message = ValidationError(
                _("Choose a page or write an address: one of the two."), code="one_target"
            )
            raise StructBlockValidationError(block_errors={"url": message})
        return cleaned


def urls(items: list[BlockItem], info: GraphQLResolveInfo) -> LoadGenerator:
    """Where each button leads, pages under the public rule, in one statement."""
    paths = yield from page_paths((item.raw.get("page") for item in items), info)
    return {item.pk: paths.get(item.raw.get("page")) or safe_address(item.raw.get("url")) for item in items}


@fields_of(CallToActionBlock)
class CallToActionBlockFields:
    text = stored.text("text", "What the button says.")
    url = Batched(
        graphene.String, load=urls, description="Where it leads; null where the page is not public."
    )
    style = stored.word(
        "style",
        "ButtonStyle",
        {"primary": "The main thing to do.", "secondary": "Something else to do."},
        "How much the button stands out.",
    )
