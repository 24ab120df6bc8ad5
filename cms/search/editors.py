"""The admin's own search: editors type without diacritics, too.

Wagtail's search index stays as it is; beside a field it gets the same words once more, folded.
"""

from __future__ import annotations

from typing import Any

from wagtail.search import index

from cms.search.folding import folded_words


class FoldedField(index.AutocompleteField):
    """The words of a text field without diacritics, for what the admin finds while an editor types."""

    def get_value(self, obj: Any) -> str:
        return " ".join(folded_words(str(super().get_value(obj) or "")))


def folded_search_field(name: str = "title") -> FoldedField:
    """An entry for `search_fields`: `name` can then be found with and without diacritics."""
    return FoldedField(name)
