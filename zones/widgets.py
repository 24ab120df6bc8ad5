"""Drawing a boundary in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zones.meridians import DEFAULT_MERIDIAN, MERIDIANS

#: What the map's buttons do, in their order. Those that stay pressed are ways to work on the boundary.
ACTIONS = {
    "draw": _("Draw a part"),
    "edit": _("Move points"),
    "drag": _("Move parts"),
    "cut": _("Cut a hole"),
    "remove": _("Delete a part"),
    "close": _("Close the boundary"),
    "undo": _("Undo"),
    "clear": _("Draw anew"),
}
HINTS = {
    "": _("Choose what to do. What you do not draw with the mouse is edited as text below."),
    "draw": _(
        "Click to set points, which snap to neighbouring zones. Click the first point to close the part."
    ),
    "edit": _("Drag a point to move it, one between two to add one; right-click a point to delete it."),
    "drag": _("Drag a part to where it belongs."),
    "cut": _("Draw what is to be cut out: a hole, or what lies beyond a line. Click the first point to cut."),
    "remove": _("Click a part to delete it."),
    "zoomIn": _("Zoom in"),
    "zoomOut": _("Zoom out"),
    "failed": _("The server cannot be asked. What is drawn is kept in the text."),
    "empty": _("There is nothing in the field: paste coordinates or choose a file."),
    "long": _("The file is too large."),
}


class BoundaryInput(forms.Textarea):
    """A GeoJSON text with a map over it to draw on; without JavaScript the text alone.

    A form's panel sets `locale`, and `zone` (its key, empty for a new one) where the boundary is a zone's.
    """

    template_name = "zones/boundary_input.html"
    locale = ""
    zone: str | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {
            **context,
            "actions": ACTIONS,
            "modes": ["draw", "edit", "drag", "cut", "remove"],
            "meridians": MERIDIANS,
            "default_meridian": DEFAULT_MERIDIAN,
            "options": {
                "check": reverse("zones_check_boundary"),
                "around": reverse("zones_around"),
                "locale": self.locale,
                "zone": self.zone,
                "basemap": settings.CMS_BASEMAP,
                "hints": {key: str(hint) for key, hint in HINTS.items()},
            },
        }

    @property
    def media(self) -> forms.Media:
        scripts = ["vendor/leaflet.js", "vendor/leaflet-geoman.js"]
        if settings.CMS_BASEMAP["url"].partition("?")[0].endswith(".pmtiles"):
            scripts.append("vendor/protomaps-leaflet.js")
        scripts += ["boundary_text.js", "boundary_map.js", "boundary.js"]
        styles = ["vendor/leaflet.css", "vendor/leaflet-geoman.css", "boundary.css"]
        return forms.Media(
            css={"all": [f"zones/{each}" for each in styles]}, js=[f"zones/{each}" for each in scripts]
        )
