"""Wagtail's choosers, without the script that each of them puts into its page."""

from __future__ import annotations

import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

#: What `render_js_init` writes: a name, and arguments in JSON.
CALL = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)


def start_choosers_without_inline_scripts() -> None:
    """Let `static/content/start.js` call what a chooser's script would."""
    BaseChooser.render = _render


def _render(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    identity = (attrs or {})["id"]
    data = self.get_value_data(value)
    call = CALL.fullmatch(self.render_js_init(identity, name, data))
    if call is None:
        raise ValueError(f"{type(self).__name__} starts by a script that start.js can't stand in for.")
    return format_html(
        '{}<span data-controller="start" data-start-name-value="{}" data-start-arguments-value="[{}]" hidden></span>',
        self.render_html(name, data, attrs),
        *call.groups(),
    )
