"""Enums of words that are stored as they are answered."""

from __future__ import annotations

from collections.abc import Mapping

import graphene
from django.conf import settings


def word_enum(name: str, description: str, words: Mapping[str, str]) -> type[graphene.Enum]:
    """An enum of stored words, each with its description: `{"primary": "The main button."}`.

    Its values are the words themselves: what was text before is the same in an answer. A hyphen, which a name can't
    have, is an underscore.
    """
    return graphene.Enum(
        name,
        [(word.replace("-", "_"), word) for word in words],
        description=lambda value: words[value.value] if value else description,
    )


Language = word_enum(
    "Language",
    "A language of the content, by its code.",
    {code: f"{label}." for code, label in settings.WAGTAIL_CONTENT_LANGUAGES},
)
