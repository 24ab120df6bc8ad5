"""Counters in forms of pages: `FieldPanel("summary", attrs=counted(300))`; the script is `counters.js`."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

#: Characters of a title and of a description that search engines show, give or take.
TITLE, DESCRIPTION = 70, 160
#: For the panel of a text: count its words, and the minutes of reading.
WORDS = {"data-counted-words": "true"}


def counted(most: int) -> dict[str, str]:
    """For the panel of a field: count its characters; more than `most` are said to be too many, and saved."""
    return {"data-counted-characters": str(most)}


def script() -> SafeString:
    """The script that counts, with what it says."""
    return format_html(
        '<script src="{}" data-within="{}" data-over="{}" data-words="{}" data-empty="{}"></script>',
        static("content/counters.js"),
        _("{count} of {most} characters"),
        _("{count} characters: more than {most} are cut in lists and by search engines"),
        _("{count} words, about {minutes} minutes of reading"),
        _("No text yet"),
    )
