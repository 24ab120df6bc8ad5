"""Errors that a client is told about: a message for people, a code for programs.

Anything else that a resolver raises is masked by the view.
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from graphql import GraphQLError

#: Characters of a client's text that a message repeats. One message may stand at each row of an answer.
MOST_QUOTED = 100

GUESSES = re.compile(r" Did you mean [^?]*\?")


class BadInput(GraphQLError):
    """The request asks for something that it can't have; `code` is in the answer's `extensions`."""

    def __init__(self, message: str, *, code: str = "BAD_USER_INPUT", **extensions: Any) -> None:
        super().__init__(message, extensions={"code": code, **extensions})


class BrokenContent(GraphQLError):
    """What is stored can't be shown. Given in the place of a value, it costs that value alone."""

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": "BROKEN_CONTENT", **extensions})


def without_guesses(message: str) -> str:
    """A message of graphql-core, without what it guesses was meant where the schema may not be asked for."""
    return message if settings.CMS_GRAPHQL_INTROSPECTION else GUESSES.sub("", message)


def quoted(text: str) -> str:
    """A client's text in a message, cut where it is long."""
    return repr(text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…")


def pk_of(value: str, *, field: str = "id") -> int:
    """The primary key that a GraphQL ID stands for; BadInput where it can't be one."""
    if value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    raise BadInput(
        f"`{field}` is not an id: ids are whole numbers, as this API gave them.", code="BAD_ID", field=field
    )
