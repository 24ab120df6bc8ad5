"""The manifest of the frontends' operations, as Apollo's tools write it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from django.conf import settings
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
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
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode) and operation.name:
            needed = [fragments[name] for name in sorted(_fragments(operation, fragments))]
            body = print_ast(DocumentNode(definitions=(operation, *needed)))
            yield {
                "id": hashlib.sha256(body.encode()).hexdigest(),
                "name": operation.name.value,
                "type": operation.operation.value,
                "body": body,
            }


def _fragments(node: Node, fragments: dict[str, FragmentDefinitionNode]) -> set[str]:
    spread = _Spreads()
    visit(node, spread)
    below = [_fragments(fragments[name], fragments) for name in spread.names]
    return spread.names.union(*below)


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_args: Any) -> None:
        self.names.add(node.name.value)
