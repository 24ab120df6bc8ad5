"""Text comes in one form: NFC, in which a Vietnamese letter with its marks is one character.

macOS and some keyboards send NFD. It looks the same, and would be another author, another tag and another file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

#: Media types whose bodies Django reads as fields of a form.
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
#: Takes no forms, and says so itself.
ENDPOINT = "/graphql/"
#: What the rich text editor sends counts characters: `RichTextArea` looks after it.
COUNTED = '"entityMap"'


class NormalizeTextMiddleware:
    """Makes NFC of each field of a form, each parameter of an address and the names of uploaded files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING"):
            request.GET = normalized(request.GET)
        if request.method == "POST" and request.content_type in FORMS and request.path_info != ENDPOINT:
            request.POST = normalized(request.POST)
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = file.name and unicodedata.normalize("NFC", file.name)
        return self.get_response(request)


def normalized(given: QueryDict) -> QueryDict:
    """The same fields in NFC; the same object where they are that already."""
    if all(unicodedata.is_normalized("NFC", value) for _name, values in given.lists() for value in values):
        return given
    made = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        made.setlist(name, [_normalized(value) for value in values])
    made._mutable = False
    return made


def _normalized(value: str) -> str:
    return value if COUNTED in value else unicodedata.normalize("NFC", value)
