"""Parsed and validated documents, kept: most requests send one that was sent before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
    validate,
)

from cms.graphql.accelerators import is_on
from cms.graphql.execution.selection import SelectionPlan, fields_in
from cms.graphql.operation.input_lists import InputListsAreShortRule
from cms.graphql.operation.persisted import digest_of
from cms.graphql.operation.refusals import CLIENT_ERROR, GraphQLHTTPError
from cms.graphql.operation.selection_metrics import SelectionMetrics, check_size, fragments_of
from cms.graphql.schema.errors import without_guesses
from cms.operations.lru import LRUCache

KEPT = 1000
#: Refused documents that are kept beside those, as no more than their errors.
KEPT_REFUSALS = 1000
#: Characters of all kept documents together; parsed, a document takes about ninety times its length.
KEPT_CHARACTERS = 500_000
#: Characters of a document for each entry of what is kept of its selections, which takes about a hundred bytes.
CHARACTERS_OF_AN_ENTRY = 2
MAX_ERRORS = 20
RULES = [*specified_rules, InputListsAreShortRule]
#: How graphql-core says that there are more tokens than `max_tokens`.
TOO_MANY = "tokens. Parsing aborted"
# A NUL that a string literal of the document spells: neither database takes it in a text.
NUL = re.compile(r"\x00|\\u0000|\\u\{0+\}")

#: What is known of a document that can't be read.
NOTHING = DocumentNode(definitions=())


@dataclass
class Operation:
    """An operation of a document, with what was found out about it once."""

    node: OperationDefinitionNode
    #: Its depth and so on (`limits.py`); None until it is asked for.
    metrics: SelectionMetrics | None = None
    #: Its cost by the values of the variables that its page sizes depend on, and the names of those (`cost.py`).
    costs: dict[tuple[Any, ...], int] = field(default_factory=dict)
    size_variables: tuple[str, ...] | None = None
    #: The fields of the root that it asks for, within fragments, too (`Document.root_fields`).
    roots: list[FieldNode] | None = None

    @property
    def name(self) -> str:
        return self.node.name.value if self.node.name else ""

    @property
    def is_query(self) -> bool:
        return self.node.operation is OperationType.QUERY


class Document:
    """A document that may be executed, or the reasons why it may not."""

    def __init__(
        self, digest: str, ast: DocumentNode, errors: tuple[GraphQLError, ...] = (), length: int = 0
    ) -> None:
        self.digest = digest
        self.ast = ast
        # An error itself holds on to the document.
        self._errors = [error.formatted for error in errors]
        self.length = length
        self._operations = [
            Operation(each) for each in ast.definitions if isinstance(each, OperationDefinitionNode)
        ]
        self._plan = self._new_plan()

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Why it may not be executed, as it is answered."""
        return [{**error, "message": without_guesses(error["message"])} for error in self._errors]

    @cached_property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """Its fragments by their names."""
        return fragments_of(self.ast)

    def operation(self, name: str | None) -> Operation | None:
        """The operation of that name, or the only one; None where the choice is not clear."""
        found = self._operations
        if name is not None:
            found = [each for each in found if each.node.name and each.name == name]
        return found[0] if len(found) == 1 else None

    def plan(self, operation: Operation) -> SelectionPlan:
        """What is known of an operation's selections; nothing where directives may select other fields each time."""
        is_fixed = operation.metrics is not None and not operation.metrics.directives
        return self._plan if is_fixed else self._new_plan()

    def _new_plan(self) -> SelectionPlan:
        return SelectionPlan(self.length // CHARACTERS_OF_AN_ENTRY)

    def root_fields(self, operation: Operation) -> list[FieldNode]:
        """The fields of the root that an operation asks for, whatever directives say."""
        if operation.roots is None:
            found = fields_in(operation.node.selection_set, self.fragments, lambda _node: True, set())
            operation.roots = [each.node for each in found]
        return operation.roots


class Documents:
    """The last documents that were sent, by their SHA-256 digest."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._valid: LRUCache[str, Document] = LRUCache(lambda: KEPT_CHARACTERS, size_of=_length)
        # Apart from the others, so that no refusal takes the place of a document that is executed.
        self._refused: LRUCache[str, Document] = LRUCache(lambda: KEPT_REFUSALS)

    def find(self, source: str) -> Document | None:
        """The document that `source` spells, if it is kept: valid, or refused before."""
        if not is_on("kept_documents") or _is_long(source):
            return None
        digest = digest_of(source)
        return self._valid.get(digest) or self._refused.get(digest)

    def read(self, source: str) -> Document:
        """Parse and validate the document that `source` spells, and keep it."""
        if _is_long(source):
            return Document("", NOTHING, (_too_many_characters(),), len(source))
        document = self._read(source, digest_of(source))
        if is_on("kept_documents"):
            (self._refused if document.errors else self._valid).put(document.digest, document)
        return document

    def _read(self, source: str, digest: str) -> Document:
        def refused(*errors: GraphQLError) -> Document:
            return Document(digest, NOTHING, errors, len(source))

        if NUL.search(source):
            return refused(_error("The document holds a NUL character.", CLIENT_ERROR))
        most = settings.CMS_GRAPHQL_LIMITS["tokens"]
        try:
            ast = parse(unicodedata.normalize("NFC", source), max_tokens=most)
            check_size(ast)
            errors = validate(self._schema, ast, RULES, max_errors=MAX_ERRORS)
        except GraphQLHTTPError as refusal:
            return refused(_error(str(refusal), refusal.code, **refusal.extensions))
        except GraphQLError as error:
            if TOO_MANY in error.message:
                error = _error(f"The document has more than {most} tokens.", "TOKEN_LIMIT", limit=most)
            return refused(_coded(error, "GRAPHQL_PARSE_FAILED"))
        except RecursionError:
            return refused(_error("The document is nested too deeply.", "DEPTH_LIMIT"))
        if errors:
            return refused(*(_coded(error, "GRAPHQL_VALIDATION_FAILED") for error in errors))
        return Document(digest, ast, length=len(source))


def _is_long(source: str) -> bool:
    return len(source) > settings.CMS_GRAPHQL_LIMITS["characters"]


def _length(document: Document) -> int:
    """Its characters; of a short one as many as leave room for `KEPT` documents."""
    return max(document.length, KEPT_CHARACTERS // KEPT)


def _too_many_characters() -> GraphQLError:
    most = settings.CMS_GRAPHQL_LIMITS["characters"]
    return _error(f"The document has more than {most} characters.", "CHARACTER_LIMIT", limit=most)


def _error(message: str, code: str, **extensions: Any) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code, **extensions})


def _coded(error: GraphQLError, code: str) -> GraphQLError:
    error.extensions = {"code": code, **(error.extensions or {})}
    return error
