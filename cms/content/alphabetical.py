"""Vietnamese alphabetical order, the same on every database: a key that is stored beside a text.

The order of Unicode's CLDR for Vietnamese (https://cldr.unicode.org, `collation/vi.xml`, which is TCVN 6712's): ă, â,
đ, ê, ô, ơ and ư are letters of their own; only between equal letters do tones count (ngang, huyền, hỏi, ngã, sắc,
nặng), and only between equal tones do capitals. Blanks come first, then signs, digits, letters, and other scripts by
their code points. PostgreSQL has it as "vi-x-icu"; SQLite does not, and no database has an index of another's order.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

#: A key is of digits alone, which all collations of all databases order alike; keys are compared up to this length.
MAX_KEY = 1000

_SIGNS = "_-–—,;:!?….'‘’\"“”«»()[]{}@*/\\&#%`^+<=>|~$"
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Two digits for each character, from 10 on; 99 and seven digits for what is not among them.
_PRIMARY = {each: str(number) for number, each in enumerate(f" {_SIGNS}0123456789{_LETTERS}", start=10)}
_OTHERS = "99"
#: Marks that make another letter, by the letter that they stand on.
_SHAPES = {"a": "\u0306\u0302", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
#: Huyền, hỏi, ngã, sắc, nặng; then marks of other languages.
_TONES = {mark: str(number) for number, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=2)}
_OTHER_MARK, _NONE, _CAPITAL = "7", "1", "2"


def alphabetical_key(text: str) -> str:
    """The digits by which `text` is ordered: texts that are equal but for unseen characters have the same key."""
    weights = [weight for character in unicodedata.normalize("NFC", text) for weight in _weights(character)]
    primary, tones, capitals = (
        ("".join(level) for level in zip(*weights, strict=True)) if weights else ("",) * 3
    )
    # A level that ends is before one that goes on: its end is a digit below all weights.
    key = f"{primary}00{tones.rstrip(_NONE)}0{capitals.rstrip(_NONE)}"
    return key[:MAX_KEY]


@lru_cache(maxsize=1000)
def _weights(character: str) -> list[tuple[str, str, str]]:
    """For each letter that a character stands for: which it is, its tone, whether it is a capital."""
    if character.isspace():
        return [(_PRIMARY[" "], _NONE, _NONE)]
    capital = _NONE if character == character.lower() else _CAPITAL
    found: list[tuple[str, str, str]] = []
    for each in unicodedata.normalize("NFKD", character.casefold()):
        if not unicodedata.combining(each):
            primary = _PRIMARY.get(each) or f"{_OTHERS}{ord(each):07}"
            found.append((primary, _NONE, capital))
        elif found:
            found[-1] = _marked(*found[-1], mark=each)
    return [] if unicodedata.category(character) in {"Cf", "Cc"} else found


def _marked(primary: str, tone: str, capital: str, *, mark: str) -> tuple[str, str, str]:
    for letter, shapes in _SHAPES.items():
        if primary == _PRIMARY[letter] and mark in shapes:
            return _PRIMARY[unicodedata.normalize("NFC", letter + mark)], tone, capital
    return primary, max(tone, _TONES.get(mark, _OTHER_MARK)), capital


class AlphabeticalKeyField(models.CharField):
    """The key of another field of the same row, written with it."""

    def __init__(self, *, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"max_length": MAX_KEY, "editable": False, "default": "", **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def to_python(self, value: Any) -> str:
        """ValidationError for what is no key: the cursor of a list that was in another order, for one."""
        if not isinstance(value, str) or not (value == "" or (value.isascii() and value.isdigit())):
            raise ValidationError("Not a key.")
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = alphabetical_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key


def write_keys(model: type[models.Model], name: str, connection: Any) -> None:
    """Write the keys of all rows, which are there without; the model may be a migration's."""
    field = model._meta.get_field(name)
    quote = connection.ops.quote_name
    table, key, pk = map(quote, (model._meta.db_table, field.column, model._meta.pk.column))
    statement = f"UPDATE {table} SET {key} = %s WHERE {pk} = %s"  # noqa: S608 - names of our own tables
    texts = model._base_manager.values_list(field.of, "pk")
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(alphabetical_key(text), row) for text, row in texts])
