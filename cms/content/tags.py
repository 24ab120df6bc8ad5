"""How tags are typed: one tag, however its letters are written.

taggit compares without case by the database, and SQLite knows the capitals of ASCII alone.
"""

from __future__ import annotations

import unicodedata

from django.utils.text import slugify
from taggit.models import Tag
from taggit.utils import _parse_tags


def parse_tags(text: str) -> list[str]:
    """The names of the tags in a form's field: those that exist as they are spelled, the others as they were typed."""
    typed = {_key(name): name for name in reversed(_parse_tags(unicodedata.normalize("NFC", text)))}
    slugs = [slugify(name, allow_unicode=True) for name in typed.values()]
    stored = Tag.objects.filter(slug__in=slugs).order_by("-pk").values_list("name", flat=True)
    known = {_key(name): name for name in stored}
    return sorted(known.get(key, name) for key, name in typed.items())


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
