"""What a zone has: infrastructure, ways to it, enterprises, documents."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.content.links import WebAddressField
from zones.models.zones import ZonePage


class Infrastructure(Orderable):
    """A supply that a zone has."""

    class Kind(models.TextChoices):
        POWER = "POWER", _("Power")
        WATER = "WATER", _("Water")
        WASTE_WATER = "WASTE_WATER", _("Waste water")
        TELECOM = "TELECOM", _("Telecommunication")
        ROADS = "ROADS", _("Roads within the zone")
        OTHER = "OTHER", _("Other")

    zone = ParentalKey(ZonePage, related_name="infrastructure", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    description = models.CharField(_("description"), max_length=300)
    capacity = models.CharField(_("capacity"), max_length=100, blank=True, help_text=_("With its unit."))

    panels = [FieldPanel("kind"), FieldRowPanel([FieldPanel("description"), FieldPanel("capacity")])]

    graphql_fields = [
        GraphQLString("description", required=True, description="What there is."),
        GraphQLString("capacity", required=True, description="How much, with its unit; may be empty."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("infrastructure")


class Transport(Orderable):
    """A place that goods go to or come from."""

    class Kind(models.TextChoices):
        ROAD = "ROAD", _("Road")
        RAIL = "RAIL", _("Railway station")
        PORT = "PORT", _("Port")
        AIRPORT = "AIRPORT", _("Airport")
        CITY = "CITY", _("City")

    zone = ParentalKey(ZonePage, related_name="transport", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    distance_km = models.DecimalField(
        _("distance (km)"), max_digits=7, decimal_places=1, validators=[MinValueValidator(0)]
    )

    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("name"), FieldPanel("distance_km")])]

    graphql_fields = [GraphQLString("name", required=True, description="The place.")]

    class Meta(Orderable.Meta):
        verbose_name = _("transport")


class Enterprise(Orderable):
    """A company in a zone."""

    zone = ParentalKey(ZonePage, related_name="enterprises", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=100, blank=True)
    industry = models.CharField(_("industry"), max_length=200, blank=True)
    website = WebAddressField(_("website"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("country")]),
        FieldRowPanel([FieldPanel("industry"), FieldPanel("website")]),
    ]

    graphql_fields = [
        GraphQLString("name", required=True, description="Name of the company."),
        GraphQLString("country", required=True, description="Where it comes from; may be empty."),
        GraphQLString("industry", required=True, description="What it makes; may be empty."),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")


class ZoneDocument(Orderable):
    """A file about a zone."""

    zone = ParentalKey(ZonePage, related_name="document_links", on_delete=models.CASCADE)
    document = models.ForeignKey(
        "media.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
