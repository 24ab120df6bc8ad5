from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ZoneState(TextChoices):
    """How far a zone has come."""

    PLANNED = "PLANNED", _("Planned")
    SITE_CLEARANCE = "SITE_CLEARANCE", _("Site clearance")
    UNDER_CONSTRUCTION = "UNDER_CONSTRUCTION", _("Under construction")
    OPERATING = "OPERATING", _("Operating")


#: Colours of the map's legend where an editor chose none; told apart without red and green.
COLORS = {
    ZoneState.PLANNED: "#8a8f98",
    ZoneState.SITE_CLEARANCE: "#e0a100",
    ZoneState.UNDER_CONSTRUCTION: "#c4560f",
    ZoneState.OPERATING: "#0b6fa4",
}
