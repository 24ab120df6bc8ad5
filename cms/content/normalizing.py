"""Text comes in one form: NFC, in which a Vietnamese letter with its marks is one character, and of usable characters.

macOS and some keyboards send NFD. It looks the same, and would be another author, another tag and another file. What is
copied from Word and PDF has control characters, which nobody sees and no XML may have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

#: Media types whose bodies Django reads as fields of a form.
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
#: Takes no forms, and says so itself.
ENDPOINT = "/graphql/"
#: What the rich text editor sends counts characters: `RichTextArea` looks after it.
COUNTED = '"entityMap"'
#: What no text has: control characters, and what is none in XML 1.0 (section 2.2).
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: Ends of lines and pages in Word: without them, two words would become one.
ENDS = "\x0b\x0c"


class NormalizeTextMiddleware:
    """Normalizes each field of a form, each parameter of an address and the names of uploaded files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            request.GET = normalized(request.GET)
        if request.method == "POST" and request.content_type in FORMS and request.path_info != ENDPOINT:
            request.POST = normalized(request.POST)
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = file.name and normalized_text(file.name)
        return self.get_response(request)


def normalized(given: QueryDict) -> QueryDict:
    """The same fields, normalized; the same object where they are that already."""
    if all(_is_normalized(value) for _name, values in given.lists() for value in values):
        return given
    made = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        made.setlist(name, [_normalized(value) for value in values])
    made._mutable = False
    return made


def normalized_text(text: str) -> str:
    """The text in NFC, of usable characters."""
    return unicodedata.normalize("NFC", usable(text))


def usable(text: str) -> str:
    """The text without characters that no text has."""
    return UNUSABLE.sub(lambda found: " " if found[0] in ENDS else "", text)


def _normalized(value: str) -> str:
    return value if COUNTED in value else normalized_text(value)


def _is_normalized(value: str) -> bool:
    return unicodedata.is_normalized("NFC", value) and not UNUSABLE.search(value)
