"""Wagtail's editor of rich text, which believes whatever a browser sends in its name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea

from cms.content.normalizing import normalized_text

#: Levels of lists: the editor makes four, and what would follow costs memory for each level of each line.
MAX_DEPTH = 10


class RichTextArea(DraftailRichTextArea):
    """A text that the editor can't have made is a bad request, and is not turned into HTML."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        try:
            _check_depth(data.get(name))
            value = super().value_from_datadict(data, files, name)
            return value and normalized_text(value)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise BadRequest("Not what the editor sends.") from error


def _check_depth(sent: str | None) -> None:
    if sent is None:
        return
    content = json.loads(sent)
    if content and max((block.get("depth", 0) for block in content["blocks"]), default=0) > MAX_DEPTH:
        raise ValueError("nested too deep")
