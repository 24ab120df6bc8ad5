"""The JSON Schema of a line of JSON Lines."""

from __future__ import annotations

from typing import Any

from cms.exchange.registry import all_resources
from cms.exchange.resources import DraftResource, ModelResource


def schema() -> dict[str, Any]:
    """Draft 2020-12; `$defs` has one schema for each type of record."""
    resources = all_resources()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of content",
        "oneOf": [{"$ref": f"#/$defs/{each.name}"} for each in resources],
        "$defs": {each.name: _record(each) for each in resources},
    }


def _record(resource: ModelResource) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "type": {"const": resource.name},
        "id": {"type": "string", "maxLength": 200, "description": "What the record is called outside; kept."},
    }
    parts |= {name: column.described() for name, column in resource.columns.items()}
    if isinstance(resource, DraftResource):
        parts["draft"] = {"type": "object", "description": "What a newer draft says otherwise."}
    return {"type": "object", "properties": parts, "required": ["type"], "additionalProperties": False}
