"""Suggestions in forms: `FieldPanel("summary", attrs=suggested("body", 300))`; the script is `suggestions.js`."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def suggested(body: str, most: int) -> dict[str, str]:
    """For the panel of a field: offer whole sentences of the first paragraph of `body`, at most `most` characters."""
    return {"data-suggested-from": body, "data-suggested-characters": str(most)}


def script() -> SafeString:
    """The script that suggests, with what its button says."""
    return format_html(
        '<script src="{}" data-label="{}"></script>',
        static("content/suggestions.js"),
        _("Take it from the first paragraph"),
    )
