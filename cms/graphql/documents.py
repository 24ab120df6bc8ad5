"""Parsed and validated documents, kept: most requests send one that was sent before."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, validate

KEPT = 1000
#: Characters of all kept documents together; parsed, a document takes about ninety times its length.
KEPT_CHARACTERS = 500_000
MAX_TOKENS = 20_000
MAX_ERRORS = 20
# A NUL that a string literal of the document spells: neither database takes it in a text.
NUL = re.compile(r"\x00|\\u0000|\\u\{0+\}")


@dataclass(frozen=True)
class Document:
    """A document that may be executed, or the reasons why it may not."""

    digest: str
    ast: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    length: int = 0

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation of that name, or the only one; None where the choice is not clear."""
        if self.ast is None:
            return None
        found = [each for each in self.ast.definitions if isinstance(each, OperationDefinitionNode)]
        if name is not None:
            found = [each for each in found if each.name and each.name.value == name]
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
            if document := self._documents.get(digest):
                self._documents.move_to_end(digest)
                return document
        document = self._read(source, digest)
        if not document.errors:
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
        try:
            ast = parse(source, max_tokens=MAX_TOKENS)
        except (GraphQLError, RecursionError) as error:
            return Document(digest, None, (_coded(error, "GRAPHQL_PARSE_FAILED"),))
        errors = validate(self._schema, ast, max_errors=MAX_ERRORS)
        coded = tuple(_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors)
        return Document(digest, ast, coded, len(source))


def _coded(error: GraphQLError | RecursionError, code: str) -> GraphQLError:
    if isinstance(error, RecursionError):
        return GraphQLError("The document is nested too deeply.", extensions={"code": code})
    error.extensions = {"code": code, **(error.extensions or {})}
    return error
