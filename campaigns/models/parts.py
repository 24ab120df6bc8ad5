"""What a campaign page is made of beside its texts."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from campaigns.models.pages import CampaignPage


class CampaignLegalBasis(Orderable):
    """A legal document that a campaign rests on."""

    campaign = ParentalKey(CampaignPage, related_name="legal_basis_links", on_delete=models.CASCADE)
    legal_document = models.ForeignKey(
        "content.LegalDocument", verbose_name=_("legal document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("legal_document")]

    class Meta(Orderable.Meta):
        verbose_name = _("legal basis")


class Target(Orderable):
    """A figure that a campaign wants to reach."""

    campaign = ParentalKey(CampaignPage, related_name="targets", on_delete=models.CASCADE)
    label = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=50, blank=True)
    baseline = models.DecimalField(_("figure at the start"), max_digits=14, decimal_places=2)
    goal = models.DecimalField(_("figure to reach"), max_digits=14, decimal_places=2)
    current = models.DecimalField(_("figure now"), max_digits=14, decimal_places=2)

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("goal"), FieldPanel("current")]),
    ]

    graphql_fields = [
        GraphQLString("label", required=True, description="What is measured."),
        GraphQLString("unit", required=True, description="Unit of the figures; may be empty."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    @property
    def progress_percent(self) -> Decimal | None:
        """How much of the way from the start to the goal is done, 0 to 100; None where they are the same."""
        if self.goal == self.baseline:
            return None
        way = (self.current - self.baseline) / (self.goal - self.baseline) * 100
        return round(min(max(way, Decimal(0)), Decimal(100)), 1)


class Milestone(Orderable):
    """A date in the course of a campaign."""

    campaign = ParentalKey(CampaignPage, related_name="milestones", on_delete=models.CASCADE)
    title = models.CharField(_("title"), max_length=200)
    date = models.DateField(_("date"))
    done = models.BooleanField(_("done"), default=False)

    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("date"), FieldPanel("done")])]

    graphql_fields = [
        GraphQLString("title", required=True, description="What happens."),
        GraphQLBoolean("done", required=True, description="Whether it has happened."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")


class Participant(Orderable):
    """An office or organisation that takes part."""

    campaign = ParentalKey(CampaignPage, related_name="participants", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("role")])]

    graphql_fields = [
        GraphQLString("name", required=True, description="Who takes part."),
        GraphQLString("role", required=True, description="What they do; may be empty."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
