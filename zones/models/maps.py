"""The map of the zones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.models import BasePage
from zones.fields import BoundaryField
from zones.panels import BoundaryPanel
from zones.states import ZoneState

#: Pictures, or an archive that its server gives out in ranges; one beside the pages by its path. Each part is looked
#: for once: what is longer than the column is read, too.
tile_address = RegexValidator(
    r"^https://[^\s{}/]+/(?>.*?\{z\})(?:(?>.*?\{x\})(?>.*?\{y\})|(?>.*?\{y\})(?>.*?\{x\})).*$"
    r"|^(https://[^\s{}/]+|)/(?!/)[^\s{}\\?#]+\.pmtiles$",
    _("Write an https address with {z}, {x} and {y} in it, or that of a .pmtiles file."),
)


def degrees(label: str, default: float) -> models.FloatField:
    return models.FloatField(
        label, default=default, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )


class ZoneMapPage(BasePage):
    """A map of industrial zones, its zones below it."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["zones.ZonePage"]
    page_description = _("The map of the industrial zones. Put the zones themselves below it.")

    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "ol", "ul", "link", "document-link"]
    )
    center_latitude = degrees(_("latitude of the middle"), 21.35)
    center_longitude = degrees(_("longitude of the middle"), 105.2)
    zoom = models.PositiveSmallIntegerField(_("zoom"), default=10, validators=[MaxValueValidator(20)])
    # The map is kept within the old province: foreign tiles of the sea lack the names of the archipelagos.
    bounds_west = degrees(_("western bound"), 104.8)
    bounds_south = degrees(_("southern bound"), 21.0)
    bounds_east = degrees(_("eastern bound"), 105.5)
    bounds_north = degrees(_("northern bound"), 21.7)
    outline = BoundaryField(
        _("outline of the province"),
        null=True,
        blank=True,
        help_text=_(
            "Drawn on the map of readers and of editors. GeoJSON, WGS 84, longitude before latitude."
        ),
    )
    tile_url = models.CharField(
        _("tiles"),
        max_length=500,
        blank=True,
        validators=[tile_address],
        help_text=_(
            "https://tiles.example.vn/{z}/{x}/{y}.png, or a PMTiles file with roads and rivers, as "
            "/maps/phu-tho.pmtiles. Left empty, zones are drawn on a plain background."
        ),
    )
    tile_attribution = models.CharField(_("attribution of the tiles"), max_length=300, blank=True)
    tile_max_zoom = models.PositiveSmallIntegerField(
        _("highest zoom of the tiles"), default=18, validators=[MaxValueValidator(22)]
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("center_latitude"), FieldPanel("center_longitude"), FieldPanel("zoom")]
                ),
                FieldRowPanel([FieldPanel("bounds_west"), FieldPanel("bounds_east")]),
                FieldRowPanel([FieldPanel("bounds_south"), FieldPanel("bounds_north")]),
            ],
            heading=_("What the map shows at first"),
        ),
        BoundaryPanel("outline"),
        MultiFieldPanel(
            [
                FieldPanel("tile_url"),
                FieldRowPanel([FieldPanel("tile_attribution"), FieldPanel("tile_max_zoom")]),
            ],
            heading=_("Background"),
        ),
        InlinePanel("legend_entries", label=_("Legend"), max_num=len(ZoneState)),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("zone map")
        verbose_name_plural = _("zone maps")
        constraints = [
            models.CheckConstraint(
                condition=Q(bounds_west__lt=F("bounds_east"), bounds_south__lt=F("bounds_north")),
                name="zone_map_bounds_make_sense",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.bounds_west >= self.bounds_east:
            raise ValidationError({"bounds_east": _("East of the western bound.")})
        if self.bounds_south >= self.bounds_north:
            raise ValidationError({"bounds_north": _("North of the southern bound.")})
        if self.outline:
            self.outline = self._checked_outline()

    def _checked_outline(self) -> dict[str, Any]:
        # Readers never need it, and it would take 40 MB of every web process.
        from zones.geometry import parse_boundary

        try:
            return parse_boundary(self.outline).geojson
        except ValidationError as error:
            raise ValidationError({"outline": error}) from error


class LegendEntry(Orderable):
    """How zones of a state are drawn and named on a map."""

    map = ParentalKey(ZoneMapPage, related_name="legend_entries", on_delete=models.CASCADE)
    state = models.CharField(_("state"), max_length=20, choices=ZoneState.choices)
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("Left empty, the state's name.")
    )
    color = models.CharField(
        _("colour"),
        max_length=7,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Write a colour as #0b6fa4."))],
    )

    panels = [FieldRowPanel([FieldPanel("state"), FieldPanel("label"), FieldPanel("color")])]

    class Meta(Orderable.Meta):
        verbose_name = _("entry of the legend")
        constraints = [models.UniqueConstraint(fields=["map", "state"], name="state_once_per_legend")]
