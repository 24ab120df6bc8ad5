"""The manifest of the frontends' operations, as Apollo's tools write it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, cast

import orjson
from django.conf import settings
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    parse,
    print_ast,
    separate_operations,
    validate,
)

from cms.graphql.operation.persisted import FORMAT
from cms.graphql.wagtail.build import schema

OPERATIONS = settings.BASE_DIR / "frontend" / "operations"
FILE = settings.BASE_DIR / "frontend" / "persisted-operations.json"


def manifest_text() -> str:
    """What FILE should hold: each operation with the fragments that it needs; its id is the SHA-256 of its body."""
    files = sorted(OPERATIONS.rglob("*.graphql"))
    found = list(_operations("\n".join(file.read_text(encoding="utf-8") for file in files)))
    manifest = {"format": FORMAT, "version": 1, "operations": sorted(found, key=lambda each: each["name"])}
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode() + "\n"


def _operations(source: str) -> Iterator[dict[str, Any]]:
    document = parse(source, no_location=True)
    if errors := validate(schema.graphql_schema, document):
        raise ValueError(f"An operation is not valid: {errors[0]}")
    for name, separate in separate_operations(document).items():
        if name:
            definitions = sorted(separate.definitions, key=_position)
            operation = cast(OperationDefinitionNode, definitions[0])
            body = print_ast(DocumentNode(definitions=tuple(definitions)))
            yield {
                "id": hashlib.sha256(body.encode()).hexdigest(),
                "name": name,
                "type": operation.operation.value,
                "body": body,
            }


def _position(definition: Any) -> tuple[bool, str]:
    """The operation first, then its fragments by name: the order of files changes no id."""
    return isinstance(definition, FragmentDefinitionNode), definition.name.value
