"""Campaigns: emulation movements with their aims, measures and results."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.search import index

from campaigns.blocks import MeasureBlock, TextStreamBlock
from campaigns.periods import CampaignState, state_on
from cms.content.alphabetical import AlphabeticalKeyField
from cms.content.models import BasePage
from cms.content.streamfield import StreamField
from cms.media.alt_text import validate_alt_text


class CampaignIndexPage(BasePage):
    """The list of campaigns."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["campaigns.CampaignPage"]
    page_description = _("The list of campaigns. Put the campaigns themselves below it.")

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    graphql_fields = [
        GraphQLString("introduction", required=True, description="What stands above the list; may be empty."),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("campaign list")
        verbose_name_plural = _("campaign lists")


class CampaignPage(BasePage):
    """A campaign: what it is for, who takes part, what it did so far."""

    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A campaign or emulation movement, with aims, measures, targets and milestones.")
    social_image_fallback = "hero_image"
    json_ld_type = "Event"

    slogan = models.CharField(_("slogan"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    hero_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("main picture"),
        validators=[validate_alt_text],
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    objectives = StreamField(TextStreamBlock(), verbose_name=_("objectives"), blank=True)
    requirements = StreamField(TextStreamBlock(), verbose_name=_("requirements"), blank=True)
    measures = StreamField([("measure", MeasureBlock())], verbose_name=_("measures"), blank=True)
    title_key = AlphabeticalKeyField(of="title")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("slogan"),
        FieldPanel("hero_image"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])], heading=_("Period")
        ),
        MultipleChooserPanel(
            "legal_basis_links", chooser_field_name="legal_document", label=_("Legal basis")
        ),
        FieldPanel("objectives"),
        FieldPanel("requirements"),
        FieldPanel("measures"),
        InlinePanel("targets", label=_("Targets")),
        InlinePanel("milestones", label=_("Milestones")),
        InlinePanel("participants", label=_("Participants")),
    ]

    graphql_fields = [
        GraphQLString("slogan", required=True, description="The campaign's slogan; may be empty."),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("slogan", boost=2),
        index.SearchField("objectives"),
        index.SearchField("requirements"),
        index.SearchField("measures"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        indexes = [
            models.Index(fields=["-starts_on", "-page_ptr"], name="campaign_newest"),
            models.Index(fields=["title_key", "page_ptr"], name="campaign_by_title"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The campaign ends before it starts.")})

    @property
    def start_year(self) -> int:
        return self.starts_on.year

    @property
    def end_year(self) -> int:
        return self.ends_on.year

    def state_on(self, day: date) -> CampaignState:
        """Whether the campaign is to come, under way or over on a day of the portal's time zone."""
        return state_on(day, starts_on=self.starts_on, ends_on=self.ends_on)

    def json_ld(self, *, address: str) -> dict[str, Any]:
        about = super().json_ld(address=address)
        about |= {"startDate": self.starts_on.isoformat(), "endDate": self.ends_on.isoformat()}
        if self.slogan:
            about.setdefault("description", self.slogan)
        return about
