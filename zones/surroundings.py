"""What lies around a zone, for who draws it: other zones, the province, the map's bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.content.visibility import PublicRule, public
from zones.models import ZoneMapPage, ZonePage

if TYPE_CHECKING:
    from zones.geometry import Boundary

MAX_NEIGHBOURS = 300
#: Boundaries that were drawn apart differ by a step where they meet.
LEAST_OVERLAP_HA = 0.01
#: What a person may do with a page that they find in the admin.
ACTIONS = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


@dataclass(frozen=True)
class Overlap:
    """Another zone that lies within a boundary, and how much of it in hectares."""

    title: str
    area_ha: float


def visible(model: type[ZonePage | ZoneMapPage], user: AbstractBaseUser) -> QuerySet:
    """Pages that a person finds in the admin, or reads without it."""
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ACTIONS)
    read_by_all = public(Page.objects.all(), PublicRule())
    return model.objects.filter(pk__in=own.values("pk")) | model.objects.filter(
        pk__in=read_by_all.values("pk")
    )


def neighbours(zone: ZonePage | None, user: AbstractBaseUser, *, locale: str) -> QuerySet:
    """Titles and boundaries of other zones of a language that a person may see; a translation is no other zone."""
    others = visible(ZonePage, user).filter(locale__language_code=locale, boundary__isnull=False)
    if zone:
        others = others.exclude(translation_key=zone.translation_key)
    return others.order_by("title", "pk").values_list("title", "boundary")


def surroundings(zone: ZonePage | None, user: AbstractBaseUser, *, locale: str) -> dict[str, Any]:
    """Neighbours as a FeatureCollection, outlines of provinces, and the box that holds the bounds of the maps."""
    maps = list(visible(ZoneMapPage, user).filter(locale__language_code=locale)[:MAX_NEIGHBOURS])
    features = [
        {"type": "Feature", "properties": {"title": title}, "geometry": boundary}
        for title, boundary in neighbours(zone, user, locale=locale)[:MAX_NEIGHBOURS]
    ]
    return {
        "neighbours": {"type": "FeatureCollection", "features": features},
        "outlines": [each.outline for each in maps if each.outline],
        "bounds": [
            min(each.bounds_west for each in maps),
            min(each.bounds_south for each in maps),
            max(each.bounds_east for each in maps),
            max(each.bounds_north for each in maps),
        ]
        if maps
        else None,
    }


def overlaps(
    boundary: Boundary, zone: ZonePage | None, user: AbstractBaseUser, *, locale: str
) -> list[Overlap]:
    """The neighbours that a boundary overlaps, the most first."""
    from zones.geometry import overlap_ha

    west, south, east, north = boundary.box
    near = neighbours(zone, user, locale=locale).filter(
        west__lt=east, east__gt=west, south__lt=north, north__gt=south
    )
    found = [Overlap(title, overlap_ha(boundary, other)) for title, other in near[:MAX_NEIGHBOURS]]
    return sorted(
        (each for each in found if each.area_ha >= LEAST_OVERLAP_HA), key=lambda each: -each.area_ha
    )
