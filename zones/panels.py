"""The panel of a boundary."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel

from zones.widgets import BoundaryInput


class BoundaryPanel(FieldPanel):
    """A map to draw on, which knows whose boundary it is; with `compares`, beside which zones, and of which area."""

    def __init__(self, field_name: str, *, compares: bool = False, **kwargs: Any) -> None:
        super().__init__(field_name, **{"widget": BoundaryInput, **kwargs})
        self.compares = compares

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "compares": self.compares}

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            widget = self.form.fields[self.field_name].widget
            widget.locale = self.instance.locale.language_code
            if self.panel.compares:
                widget.zone = str(self.instance.pk or "")
