"""Parsed and validated documents, kept: most requests send one that was sent before."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from cms.graphql.accelerators import is_on
from cms.graphql.schema.errors import without_guesses

KEPT = 1000
#: Characters of all kept documents together; parsed, a document takes about ninety times its length.
KEPT_CHARACTERS = 500_000
MAX_ERRORS = 20
#: How graphql-core says that there are more tokens than `max_tokens`.
TOO_MANY = "tokens. Parsing aborted"
# A NUL that a string literal of the document spells: neither database takes it in a text.
NUL = re.compile(r"\x00|\\u0000|\\u\{0+\}")


@dataclass
class Operation:
    """An operation of a document, with what was found out about it once."""

    node: OperationDefinitionNode
    #: Its depth and so on (`limits.py`); None until it is asked for.
    size: Any = None
    #: Its cost by the values of the variables that its page sizes depend on, and the names of those (`cost.py`).
    costs: dict[tuple[Any, ...], int] = field(default_factory=dict)
    sizes: tuple[str, ...] | None = None

    @property
    def is_query(self) -> bool:
        return self.node.operation is OperationType.QUERY


class Document:
    """A document that may be executed, or the reasons why it may not."""

    def __init__(
        self, digest: str, ast: DocumentNode | None, errors: tuple[GraphQLError, ...] = (), length: int = 0
    ) -> None:
        self.digest = digest
        self.ast = ast
        self.errors = errors
        self.length = length
        definitions = ast.definitions if ast else ()
        self._operations = [
            Operation(each) for each in definitions if isinstance(each, OperationDefinitionNode)
        ]

    @cached_property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """Its fragments by their names."""
        definitions = self.ast.definitions if self.ast else ()
        return {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}

    def operation(self, name: str | None) -> Operation | None:
        """The operation of that name, or the only one; None where the choice is not clear."""
        found = self._operations
        if name is not None:
            found = [each for each in found if each.node.name and each.node.name.value == name]
        return found[0] if len(found) == 1 else None


class Documents:
    """The last documents that were sent, by their SHA-256 digest; a bounded number, the least used go first."""

    def __init__(self, schema: GraphQLSchema, *, kept: int = KEPT) -> None:
        self._schema = schema
        self._kept = kept
        self._documents: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def get(self, source: str) -> Document:
        """The document that `source` spells."""
        digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            if is_on("kept_documents") and (document := self._documents.get(digest)):
                self._documents.move_to_end(digest)
                return document
        document = self._read(source, digest)
        if not document.errors and is_on("kept_documents"):
            with self._lock:
                if digest not in self._documents:
                    self._documents[digest] = document
                    self._characters += document.length
                while len(self._documents) > self._kept or self._characters > KEPT_CHARACTERS:
                    self._characters -= self._documents.popitem(last=False)[1].length
        return document

    def _read(self, source: str, digest: str) -> Document:
        if NUL.search(source):
            error = GraphQLError("The document holds a NUL character.", extensions={"code": "BAD_USER_INPUT"})
            return Document(digest, None, (error,))
        most = settings.CMS_GRAPHQL_LIMITS["tokens"]
        try:
            ast = parse(source, max_tokens=most)
            errors = validate(self._schema, ast, max_errors=MAX_ERRORS)
        except GraphQLError as error:
            if TOO_MANY in error.message:
                return Document(digest, None, (_too_long(most),))
            return Document(digest, None, (_coded(error, "GRAPHQL_PARSE_FAILED"),))
        except RecursionError:
            error = GraphQLError("The document is nested too deeply.", extensions={"code": "DEPTH_LIMIT"})
            return Document(digest, None, (error,))
        coded = tuple(_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors)
        return Document(digest, ast, coded, len(source))


def _too_long(most: int) -> GraphQLError:
    return GraphQLError(
        f"The document has more than {most} tokens.", extensions={"code": "TOKEN_LIMIT", "limit": most}
    )


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    error.message = without_guesses(error.message)
    return error
