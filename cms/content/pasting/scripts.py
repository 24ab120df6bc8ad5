"""The editor's part of pasting: `pasting.js`, with what it says."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def pasting_script() -> SafeString:
    """The script that sends what is pasted, and inserts what it is answered."""
    return format_html(
        '<script src="{}" data-url="{}" data-working="{}" data-pasted="{}" data-failed="{}" data-undo="{}"'
        ' data-cells="{}" data-left="{}"></script>',
        static("content/pasting.js"),
        reverse("content_paste"),
        _("Pasting…"),
        _("Pasted as {count} blocks."),
        _("The server could not be reached: only the words were pasted. Try again later."),
        _("Undo"),
        _("Pasted {rows} rows and {columns} columns."),
        _("{count} cells had no place, or were no numbers in a column of numbers."),
    )
