from __future__ import annotations

from typing import Any

import graphene
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from graphql import GraphQLResolveInfo
from wagtail.blocks import CharBlock, ChoiceBlock, PageChooserBlock, StructBlock, URLBlock
from wagtail.models import Page

from cms.content.blocks.registry import register_body_block
from cms.content.visibility import public
from cms.graphql.blocks import BlockItem
from cms.graphql.fields import Batched, Computed, fields_of


@register_body_block("call_to_action", order=80)
class CallToActionBlock(StructBlock):
    """A button that leads to a page or an address."""

    text = CharBlock(label=_("text"), max_length=100)
    page = PageChooserBlock(label=_("page"), required=False)
    url = URLBlock(
        label=_("address"), required=False, help_text=_("Instead of a page, an address elsewhere.")
    )
    style = ChoiceBlock(
        label=_("style"),
        choices=[("primary", _("Main button")), ("secondary", _("Second button"))],
        default="primary",
    )

    class Meta:
        icon = "link"
        label = _("Button")
        description = _("A button that leads to a page or an address.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) is bool(cleaned["url"]):
            raise ValidationError(_("Choose a page or write an address: one of the two."), code="one_target")
        return cleaned


def urls(items: list[BlockItem], info: GraphQLResolveInfo) -> dict[str, str]:
    """Where each button leads, pages under the public rule, in one statement."""
    keys = {item.raw.get("page") for item in items} - {None}
    pages = public(Page.objects.filter(pk__in=keys), info.context.rule).only("url_path") if keys else ()
    paths = {page.pk: info.context.sites.path(page) for page in pages}
    return {item.pk: paths.get(item.raw.get("page")) or item.raw.get("url") or None for item in items}


@fields_of(CallToActionBlock)
class CallToActionBlockFields:
    text = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw["text"],
        required=True,
        description="What the button says.",
    )
    url = Batched(
        graphene.String, load=urls, description="Where it leads; null where the page is not public."
    )
    style = Computed(
        graphene.String,
        resolve=lambda item, info: item.raw["style"],
        required=True,
        description="primary or secondary.",
    )
