"""Drawing a boundary in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BoundaryInput(forms.Textarea):
    """A GeoJSON text with a map over it to draw on; without JavaScript the text alone.

    The map is drawn on a plain background, with SVG of our own: no tile server, no library.
    """

    template_name = "zones/boundary_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["labels"] = {
            "undo": str(_("Take the last point back")),
            "clear": str(_("Draw anew")),
            "close": str(_("Close the boundary")),
            "hint": str(
                _("Click to set points; drag a point to move it. Several parts and holes are edited as text.")
            ),
        }
        return context

    class Media:
        css = {"all": ["zones/boundary.css"]}
        js = ["zones/boundary.js"]
