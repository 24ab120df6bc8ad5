"""Lists of pages in one language: the argument `locale`, under wagtail-grapple's name."""

from __future__ import annotations

import graphene
from django.db.models import Expression, QuerySet


def locale_argument(description: str = "Only pages in this language, e.g. vi.") -> graphene.Argument:
    """The argument by which a client chooses a language."""
    return graphene.Argument(graphene.String, description=description)


def in_language(pages: QuerySet, code: str | Expression | None) -> QuerySet:
    """Of `pages`, those in the language with this code; all where none is asked for."""
    return pages.filter(locale__language_code=code) if code else pages
