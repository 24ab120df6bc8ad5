"""What the map in the form of a zone asks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_POST

from cms.content.numbers import whole_number
from zones.meridians import DEFAULT_MERIDIAN, MERIDIANS
from zones.models import ZonePage
from zones.surroundings import overlaps, surroundings


@require_GET
def around(request: HttpRequest) -> JsonResponse:
    """`{neighbours, outlines, bounds}` for the zone `zone`, or for a new one, of the language `locale`."""
    return JsonResponse(
        surroundings(_zone(request.GET.get("zone", "")), request.user, locale=request.GET.get("locale", ""))
    )


@require_POST
def check(request: HttpRequest) -> JsonResponse:
    """Read the `text` of a boundary in any format, points in VN-2000 of the zone `epsg`.

    Answers `{boundary, report}`: the boundary as it will be stored, and HTML with its area in hectares beside the
    `declared` one and the zones that it overlaps. With status 400 `{message}`.
    """
    from zones.formats import read_boundary  # 40 MB of memory, which readers' processes do without

    try:
        boundary = read_boundary(request.POST.get("text", ""), epsg=_epsg(request.POST.get("epsg", "")))
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=400)
    report: dict[str, Any] = {"area_ha": round(boundary.area_ha, 2)}
    if "zone" in request.POST:
        zone, locale = _zone(request.POST["zone"]), request.POST.get("locale", "")
        report |= _beside(report["area_ha"], request.POST.get("declared", ""))
        report["overlaps"] = overlaps(boundary, zone, request.user, locale=locale)
    html = render_to_string("zones/boundary_report.html", report)
    return JsonResponse({"boundary": boundary.geojson, "report": html})


def _zone(key: str) -> ZonePage | None:
    return ZonePage.objects.filter(pk=whole_number(key)).first()


def _epsg(code: str) -> int:
    known = {str(each): each for each in MERIDIANS}
    return known.get(code, DEFAULT_MERIDIAN)


def _beside(area_ha: float, declared: str) -> dict[str, Any]:
    """The declared area, as the form has it, and by how many percent the computed one differs from it."""
    try:
        area = Decimal(declared.replace(",", ".")[:20])
    except InvalidOperation:
        return {}
    if not area.is_finite() or area <= 0:
        return {}
    return {"declared_ha": area, "difference": abs(100 * (area_ha / float(area) - 1))}
