"""The smallest operation that still fails: parts are left out one after the other, as long as it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    Node,
    ObjectFieldNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from tests.oracle.operations import Operation

#: How often a failing operation is asked again at the most.
MOST_TRIALS = 600


def shrunk(operation: Operation, schema: GraphQLSchema, fails: Callable[[Operation], bool]) -> Operation:
    """The smallest operation found that is valid and still fails."""
    trials = 0
    is_smaller = True
    while is_smaller and trials < MOST_TRIALS:
        is_smaller = False
        for smaller in _smaller(operation, schema):
            trials += 1
            if fails(smaller):
                operation, is_smaller = smaller, True
                break
            if trials >= MOST_TRIALS:
                break
    return operation


def _smaller(operation: Operation, schema: GraphQLSchema) -> Iterator[Operation]:
    for name, value in {"audience": "anonymous", "host": "localhost", "language": "vi"}.items():
        if getattr(operation, name) != value:
            yield replace(operation, **{name: value})
    try:
        document = parse(operation.document)
    except Exception:  # noqa: BLE001 - what can't be parsed has no parts
        return
    places = _Places()
    visit(document, places)
    # What stands further up is larger: it goes first.
    for place, node in sorted(enumerate(places.found), key=lambda each: -len(print_ast(each[1]))):
        for edit in _edits(node):
            smaller = _tidy(visit(document, _Edit(place, edit)))
            if not validate(schema, smaller):
                yield _with(operation, smaller)
    # Values of variables are easier to read where they are used.
    for name in list(operation.variables):
        written = _tidy(visit(document, _Written(name, operation.variables[name])))
        if not validate(schema, written):
            yield _with(operation, written)


def _with(operation: Operation, document: DocumentNode) -> Operation:
    definitions = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    names = {each.variable.name.value for one in definitions for each in one.variable_definitions}
    variables = {name: value for name, value in operation.variables.items() if name in names}
    return replace(operation, document=print_ast(document), variables=variables)


class _Places(Visitor):
    """Finds the parts that can be left out or made simpler, in the order in which they are visited."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Node] = []

    def enter(self, node: Node, *_where: Any) -> None:
        if _can_be_edited(node):
            self.found.append(node)


class _Edit(Visitor):
    """Puts something else in the place of one part."""

    def __init__(self, place: int, instead: Any) -> None:
        super().__init__()
        self._place = place
        self._instead = instead

    def enter(self, node: Node, *_where: Any) -> Any:
        if not _can_be_edited(node):
            return None
        self._place -= 1
        return self._instead if self._place == -1 else None


def _can_be_edited(node: Node) -> bool:
    return isinstance(
        node,
        FieldNode
        | FragmentSpreadNode
        | InlineFragmentNode
        | ArgumentNode
        | DirectiveNode
        | ObjectFieldNode
        | ListValueNode,
    )


def _edits(node: Node) -> Iterator[Any]:
    """What may stand in the place of a part, the smallest first."""
    if not isinstance(node, ListValueNode):
        yield REMOVE
    if isinstance(node, FieldNode) and node.alias:
        yield _copy(node, alias=None)
    if isinstance(node, ListValueNode) and len(node.values) > 1:
        yield _copy(node, values=node.values[:1])


def _copy(node: Node, **values: Any) -> Node:
    return type(node)(**{**{key: getattr(node, key, None) for key in node.keys}, **values})


class _Written(Visitor):
    """Writes the value of a variable where it is used."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__()
        self._name = name
        self._value = value

    def enter_variable_definition(self, node: VariableDefinitionNode, *_where: Any) -> Any:
        return REMOVE if node.variable.name.value == self._name else None

    def enter_variable(self, node: VariableNode, *_where: Any) -> Any:
        return _written(self._value) if node.name.value == self._name else None


def _written(value: Any) -> Any:
    from graphql import parse_value

    match value:
        case None | bool() | int() | float():
            return parse_value({None: "null", True: "true", False: "false"}.get(value, str(value)))
        case str() if value.isprintable() and '"' not in value and "\\" not in value:
            return parse_value(f'"{value}"')
    return None


def _tidy(document: DocumentNode) -> DocumentNode:
    """Without what nothing uses any more: emptied selections, fragments, variables. Fragments used once are written out."""
    while True:
        before = print_ast(document)
        document = visit(document, _Inlined(document))
        document = visit(document, _WithoutEmpty())
        used = _Used()
        visit(document, used)
        document = visit(document, _WithoutUnused(used))
        if print_ast(document) == before:
            return document


class _Used(Visitor):
    """The fragments and variables that are used."""

    def __init__(self) -> None:
        super().__init__()
        self.fragments: list[str] = []
        self.variables: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_where: Any) -> None:
        self.fragments.append(node.name.value)

    def enter_variable(self, node: VariableNode, _key: Any, parent: Any, *_where: Any) -> None:
        if not isinstance(parent, VariableDefinitionNode):
            self.variables.add(node.name.value)


class _WithoutUnused(Visitor):
    """Removes the definitions of what nothing uses."""

    def __init__(self, used: _Used) -> None:
        super().__init__()
        self._used = used

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_where: Any) -> Any:
        return None if node.name.value in self._used.fragments else REMOVE

    def enter_variable_definition(self, node: VariableDefinitionNode, *_where: Any) -> Any:
        return None if node.variable.name.value in self._used.variables else REMOVE


class _WithoutEmpty(Visitor):
    """Removes what has lost all that it selected."""

    def leave_field(self, node: FieldNode, *_where: Any) -> Any:
        return REMOVE if node.selection_set and not node.selection_set.selections else None

    def leave_inline_fragment(self, node: InlineFragmentNode, *_where: Any) -> Any:
        return None if node.selection_set.selections else REMOVE

    def leave_fragment_definition(self, node: FragmentDefinitionNode, *_where: Any) -> Any:
        return None if node.selection_set.selections else REMOVE


class _Inlined(Visitor):
    """Writes a fragment that is spread once where it is spread; drops spreads of fragments that are gone."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        used = _Used()
        visit(document, used)
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._once = {name for name in used.fragments if used.fragments.count(name) == 1}

    def leave_fragment_spread(self, node: FragmentSpreadNode, *_where: Any) -> Any:
        name = node.name.value
        if name not in self._fragments:
            return REMOVE
        if name not in self._once:
            return None
        fragment = self._fragments[name]
        return InlineFragmentNode(
            type_condition=fragment.type_condition,
            directives=node.directives,
            selection_set=SelectionSetNode(selections=fragment.selection_set.selections),
        )
