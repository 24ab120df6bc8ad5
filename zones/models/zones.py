"""Industrial zones, as investors read them."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.search import index

from cms.content.alphabetical import AlphabeticalKeyField
from cms.content.blocks import PictureBlock
from cms.content.links import WebAddressField
from cms.content.models import BasePage
from cms.content.streamfield import BodyField, StreamField
from zones.fields import BoundaryField
from zones.panels import BoundaryPanel
from zones.states import ZoneState

if TYPE_CHECKING:
    from wagtail.models import Revision

    from zones.geometry import Boundary


def hectares(label: str, **options: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))], **options
    )


def degrees(label: str, most: int, **options: Any) -> models.FloatField:
    return models.FloatField(label, validators=[MinValueValidator(-most), MaxValueValidator(most)], **options)


def edge() -> models.FloatField:
    """A side of the boundary's box, kept for the filter by viewport."""
    return models.FloatField(null=True, editable=False)


class ZonePage(BasePage):
    """An industrial zone; its title is its name."""

    parent_page_types = ["zones.ZoneMapPage"]
    subpage_types: list[str] = []
    page_description = _("An industrial zone with its boundary, figures, infrastructure and enterprises.")
    json_ld_type = "Place"

    # Unique within a language, which is a column of another table: `clean` sees to it.
    code = models.CharField(_("code"), max_length=20, help_text=_("Short and unique, e.g. KCN-TV."))
    state = models.CharField(_("state"), max_length=20, choices=ZoneState.choices, default=ZoneState.PLANNED)
    locality = models.CharField(_("commune or ward"), max_length=200)
    former_district = models.CharField(
        _("former district"),
        max_length=200,
        blank=True,
        help_text=_("Of before 1 July 2025; only to be read."),
    )
    established_on = models.DateField(_("established on"), null=True, blank=True)
    area_ha = hectares(_("area (ha)"))
    leasable_area_ha = hectares(_("area to lease (ha)"))
    leased_area_ha = hectares(_("area leased (ha)"), default=0)
    figures_as_of = models.DateField(_("figures as of"), null=True, blank=True)
    land_price_amount = models.DecimalField(
        _("land price"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    land_price_currency = models.CharField(
        _("currency"), max_length=3, choices=[("VND", "VND"), ("USD", "USD")], default="USD"
    )
    land_price_unit = models.CharField(
        _("unit of the price"), max_length=50, blank=True, help_text=_("E.g. m²/year.")
    )
    land_price_note = models.CharField(_("note on the price"), max_length=300, blank=True)
    investor_name = models.CharField(_("infrastructure investor"), max_length=200, blank=True)
    investor_website = WebAddressField(_("website"), blank=True)
    investor_phone = models.CharField(_("telephone"), max_length=50, blank=True)
    investor_email = models.EmailField(_("e-mail"), blank=True)
    industries = ParentalManyToManyField(
        "zones.Industry", verbose_name=_("industries"), blank=True, related_name="zones"
    )
    center_latitude = degrees(_("latitude"), 90)
    center_longitude = degrees(_("longitude"), 180)
    boundary = BoundaryField(
        _("boundary"),
        null=True,
        blank=True,
        help_text=_("GeoJSON, WGS 84, longitude before latitude. Draw it on the map or paste it."),
    )
    boundary_area_ha = models.FloatField(_("area within the boundary (ha)"), null=True, editable=False)
    west, south, east, north = edge(), edge(), edge(), edge()
    plan = models.ForeignKey(
        "media.Document",
        verbose_name=_("plan of the zone"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The approved plan, which investors download."),
    )
    pictures = StreamField([("picture", PictureBlock())], verbose_name=_("pictures"), blank=True)
    body = BodyField(verbose_name=_("text"), blank=True)
    title_key = AlphabeticalKeyField(of="title")

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("state")]),
                FieldRowPanel([FieldPanel("locality"), FieldPanel("former_district")]),
                FieldPanel("established_on"),
            ],
            heading=_("The zone"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("center_latitude"), FieldPanel("center_longitude")]),
                BoundaryPanel("boundary", compares=True),
            ],
            heading=_("On the map"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("area_ha"), FieldPanel("leasable_area_ha"), FieldPanel("leased_area_ha")]
                ),
                FieldPanel("figures_as_of"),
                FieldRowPanel([FieldPanel("land_price_amount"), FieldPanel("land_price_currency")]),
                FieldRowPanel([FieldPanel("land_price_unit"), FieldPanel("land_price_note")]),
            ],
            heading=_("Figures"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("investor_name"), FieldPanel("investor_website")]),
                FieldRowPanel([FieldPanel("investor_phone"), FieldPanel("investor_email")]),
            ],
            heading=_("Infrastructure investor"),
        ),
        FieldPanel("industries"),
        InlinePanel("infrastructure", label=_("Infrastructure")),
        InlinePanel("transport", label=_("Transport")),
        InlinePanel("enterprises", label=_("Enterprises")),
        FieldPanel("body"),
        FieldPanel("pictures"),
        FieldPanel("plan"),
        MultipleChooserPanel("document_links", chooser_field_name="document", label=_("Documents")),
    ]

    graphql_fields = [
        GraphQLString("code", required=True, description="Short and unique."),
        GraphQLString("locality", required=True, description="Commune or ward."),
        GraphQLString(
            "former_district", required=True, description="District of before 1 July 2025; may be empty."
        ),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("code"),
        index.SearchField("locality"),
        index.SearchField("former_district"),
        index.SearchField("investor_name"),
        index.SearchField("body"),
        index.FilterField("state"),
    ]

    class Meta:
        verbose_name = _("industrial zone")
        verbose_name_plural = _("industrial zones")
        indexes = [
            models.Index(fields=["code"], name="zone_code"),
            models.Index(fields=["title_key", "page_ptr"], name="zone_by_title"),
            models.Index(fields=["-area_ha"], name="zone_largest"),
            models.Index(fields=["state"], name="zone_state"),
            models.Index(fields=["locality"], name="zone_locality"),
            models.Index(fields=["west", "east", "south", "north"], name="zone_box"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    leased_area_ha__gte=0,
                    leased_area_ha__lte=F("leasable_area_ha"),
                    leasable_area_ha__lte=F("area_ha"),
                ),
                name="zone_areas_make_sense",
            ),
        ]

    @property
    def free_area_ha(self) -> Decimal:
        """What is left to lease, in hectares."""
        return self.leasable_area_ha - self.leased_area_ha

    @property
    def occupancy_percent(self) -> Decimal | None:
        """How much of the area to lease is leased, 0 to 100; None where there is none to lease."""
        return round(100 * self.leased_area_ha / self.leasable_area_ha, 1) if self.leasable_area_ha else None

    def clean(self) -> None:
        super().clean()
        self._clean_code()
        self._clean_areas()
        if self.boundary:
            self._take(self._checked())

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever way a boundary came in, what is stored is in order.
        self._take(self._parsed() if self.boundary else None)
        if self._begins_with_code_of_another():
            self.code = self._free_code()
            # Wagtail stores `alias_of` alone when it makes a page of an alias.
            if (names := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*names, "code"}
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        # A form refuses a code that another zone has, so this draft is the source's, which Wagtail copies with a page.
        if self._others_with_code().exists():
            self.code = ZonePage.objects.values_list("code", flat=True).get(pk=self.pk)
        return super().save_revision(*args, **kwargs)

    def _clean_code(self) -> None:
        if self.code and (other := self._others_with_code().first()):
            raise ValidationError({"code": _("The zone %(title)s has this code.") % {"title": other.title}})

    def _others_with_code(self) -> QuerySet[ZonePage]:
        """Zones of the language that have this one's code; an alias has the code of its source and is none of them."""
        if self.alias_of_id:
            return ZonePage.objects.none()
        others = ZonePage.objects.filter(code=self.code, locale_id=self.locale_id, alias_of=None)
        return others.exclude(pk=self.pk)

    def _begins_with_code_of_another(self) -> bool:
        """Whether this is a copy, or an alias that becomes a zone of its own, and still has its source's code."""
        if not self._others_with_code().exists():
            return False
        return self._state.adding or ZonePage.objects.filter(pk=self.pk, alias_of__isnull=False).exists()

    def _free_code(self) -> str:
        """The code with the first number behind it that no zone of the language has: KCN-TV-2 for a copy of KCN-TV."""
        taken = set(ZonePage.objects.filter(locale_id=self.locale_id).values_list("code", flat=True))
        most = self._meta.get_field("code").max_length
        endings = (f"-{number}" for number in count(2))
        return next(code for end in endings if (code := self.code[: most - len(end)] + end) not in taken)

    def _clean_areas(self) -> None:
        if None in (self.area_ha, self.leasable_area_ha, self.leased_area_ha):
            return
        if self.leasable_area_ha > self.area_ha:
            raise ValidationError({"leasable_area_ha": _("Not more than the zone's area.")})
        if self.leased_area_ha > self.leasable_area_ha:
            raise ValidationError({"leased_area_ha": _("Not more than the area to lease.")})

    def _parsed(self) -> Boundary:
        # Readers never need it, and it would take 40 MB of every web process.
        from zones.geometry import parse_boundary

        return parse_boundary(self.boundary)

    def _checked(self) -> Boundary:
        try:
            boundary = self._parsed()
        except ValidationError as error:
            raise ValidationError({"boundary": error}) from error
        if self.center_longitude is not None and self.center_latitude is not None:
            west, south, east, north = boundary.box
            if not (west <= self.center_longitude <= east and south <= self.center_latitude <= north):
                raise ValidationError({"center_latitude": _("The middle lies outside the boundary.")})
        return boundary

    def _take(self, boundary: Boundary | None) -> None:
        self.boundary = boundary.geojson if boundary else None
        self.boundary_area_ha = round(boundary.area_ha, 2) if boundary else None
        self.west, self.south, self.east, self.north = boundary.box if boundary else (None,) * 4

    def json_ld(self, *, address: str) -> dict[str, Any]:
        about = super().json_ld(address=address)
        position = {"latitude": self.center_latitude, "longitude": self.center_longitude}
        about["geo"] = {"@type": "GeoCoordinates", **position}
        about["address"] = {
            "@type": "PostalAddress",
            "addressLocality": self.locality,
            "addressCountry": "VN",
        }
        return about
