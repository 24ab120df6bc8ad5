"""Operations made up along the schema, of the shapes that loading ahead, in batches and once for all can get wrong.

The same field under several types with different selections, merged from fragments; aliases; fragments named and
inline, on interfaces, unions and types; lists in lists; directives and arguments by literals and by variables; one
root list twice; connections with filters, orders and cursors; previews. What is made is valid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_leaf_type,
    is_required_argument,
    parse_type,
    print_ast,
)

from tests.oracle.documents import field_node, is_unwritable, literal, named, repaired
from tests.oracle.operations import Operation
from tests.oracle.values import Draft, Values

#: Objects that one list of an operation may lead to; the reference asks for each of them alone.
MOST_ROWS = 12
MOST_DEPTH = 7
#: Objects that a list of unknown size leads to.
SOME_ROWS = 4
SIZES = ("first", "last", "limit")
#: What differs from one request to the next: a challenge is random, and says when it ends.
LEFT_OUT = {"voteChallenge"}
#: Root fields that lead to much.
RICH = {"pages": 20, "page": 8, "articles": 5, "campaigns": 5, "zones": 4, "polls": 3, "site": 3, "search": 3}


@dataclass
class Chosen:
    """A field that is selected in a scope: under which name, with which arguments, and what is selected below it."""

    name: str
    arguments: tuple[ArgumentNode, ...]
    rows: int
    below: dict[str, Chosen] = field(default_factory=dict)


#: Selections that merge, by their response keys.
Scope = dict[str, Chosen]


def made_up(schema: GraphQLSchema, values: Values, seed: str) -> Operation:
    """The operation that a seed stands for, on this content."""
    random = Random(seed)
    while True:
        maker = Maker(schema, values, random)
        document = maker.document()
        if not repaired(schema, document, random):
            continue
        return Operation(
            print_ast(document),
            maker.given,
            audience=maker.audience,
            host=random.choice(values.hosts) if random.random() < 0.3 else values.hosts[0],
            language=random.choice(["vi", "vi", "en"]),
        )


class Maker:
    """Makes one operation."""

    def __init__(self, schema: GraphQLSchema, values: Values, random: Random) -> None:
        self.schema = schema
        self.values = values
        self.random = random
        self.fragments: dict[str, FragmentDefinitionNode] = {}
        self.variables: dict[str, VariableDefinitionNode] = {}
        self.given: dict[str, Any] = {}
        self.audience = random.choices(["anonymous", "preview", "editor"], [6, 2 * bool(values.drafts), 2])[0]
        #: Fields that may still be selected.
        self.left = random.choice([3, 5, 8, 14])

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def document(self) -> DocumentNode:
        """The operation with the fragments that it spreads."""
        selections = self._root()
        operation = OperationDefinitionNode(
            operation=OperationType.QUERY,
            name=NameNode(value="Made"),
            variable_definitions=tuple(self.variables.values()),
            directives=(),
            selection_set=SelectionSetNode(selections=tuple(selections)),
        )
        return DocumentNode(definitions=(operation, *self.fragments.values()))

    def _root(self) -> list[SelectionNode]:
        scope: Scope = {}
        fields = self.schema.query_type.fields
        names = [name for name in fields if name not in LEFT_OUT]
        weights = [RICH.get(name, 1) for name in names]
        selections = []
        if self.audience == "preview":
            selections.append(self._preview(self.random.choice(self.values.drafts), scope))
        elif self.chance(0.35):
            selections.append(self._mixed_list(scope))
        for _each in range(self.random.choice([1, 1, 1, 2, 2, 3]) - len(selections)):
            repeated = [each.name for each in scope.values()] if self.chance(0.4) else []
            name = self.random.choice(repeated) if repeated else self.random.choices(names, weights)[0]
            selections.append(self._field(self.schema.query_type, name, scope, 0, 1))
        self.random.shuffle(selections)
        if self.chance(0.1):
            return [self._inline(self.schema.query_type, selections, 0)]
        return selections

    def _mixed_list(self, scope: Scope) -> FieldNode:
        """A list of pages of all types, with what is selected of all and of one type."""
        defined = self.schema.query_type.fields["pages"]
        values: dict[str, Any] = {"limit": MOST_ROWS}
        if self.chance(0.6):
            values["order"] = self.random.choice(["title", "-title", "-path", "-id", "-first_published_at"])
        arguments = tuple(self._argument(name, defined.args[name], value) for name, value in values.items())
        chosen = scope["pages"] = Chosen("pages", arguments, MOST_ROWS)
        kind = get_named_type(defined.type)
        selections = [
            each
            for _each in range(self.random.choice([1, 2]))
            for each in self._contrast(kind, chosen.below, 1, MOST_ROWS)
        ]
        selections = selections or [field_node("__typename")]
        return field_node("pages", arguments=arguments, selections=selections)

    def _preview(self, draft: Draft, scope: Scope) -> FieldNode:
        defined = self.schema.query_type.fields[draft.root]
        arguments = tuple(
            self._argument(name, defined.args[name], value) for name, value in draft.arguments.items()
        )
        chosen = Chosen(draft.root, arguments, 1)
        key = f"draft{len(scope)}"
        scope[key] = chosen
        kind = get_named_type(defined.type)
        selections = self._selections(kind, chosen.below, 1, 1)
        if is_abstract_type(kind):
            shown = self.schema.type_map[draft.shows]
            selections.append(self._inline(shown, self._selections(shown, chosen.below, 1, 1), 1))
        return field_node(draft.root, key, arguments=arguments, selections=selections)

    def _selections(self, kind: Any, scope: Scope, depth: int, rows: int) -> list[SelectionNode]:
        """One selection or more on a type; `scope` is what they merge with, `rows` how many objects they are for."""
        selections: list[SelectionNode] = []
        if is_abstract_type(kind) and self.chance(0.5):
            selections += self._contrast(kind, scope, depth, rows)
        for _each in range(self.random.choice([1, 1, 2, 2, 3]) - len(selections) // 2):
            if self.chance(0.05):
                selections.append(field_node("__typename", directives=self._directives()))
            elif self.chance(0.5 if is_abstract_type(kind) else 0.12):
                selections.append(self._fragment(kind, scope, depth, rows))
            elif name := self._name(kind, scope, depth, rows):
                selections.append(self._field(kind, name, scope, depth, rows))
        return selections or [field_node("__typename")]

    def _contrast(self, kind: Any, scope: Scope, depth: int, rows: int) -> list[SelectionNode]:
        """What all types have, selected once for all of them and once for one, in any order."""
        names = self._names(kind, depth, rows)
        leading = [name for name in names if is_composite_type(get_named_type(kind.fields[name].type))]
        if not leading:
            return []
        name, on = self.random.choice(leading), self._condition(kind)
        selections: list[SelectionNode] = [
            self._field(kind, name, scope, depth, rows),
            self._inline(on, [self._field(on, name, scope, depth, rows)], depth),
        ]
        self.random.shuffle(selections)
        return selections

    def _names(self, kind: Any, depth: int, rows: int) -> list[str]:
        """The fields of a type, as far as there may be more: values alone where lists would multiply."""
        fields = getattr(kind, "fields", {})
        is_deep = depth >= MOST_DEPTH or self.left <= 0 or rows > MOST_ROWS
        return [
            name for name, each in fields.items() if not is_deep or is_leaf_type(get_named_type(each.type))
        ]

    def _name(self, kind: Any, scope: Scope, depth: int, rows: int) -> str | None:
        """A field of a type; None for one that has none."""
        fields, names = getattr(kind, "fields", {}), self._names(kind, depth, rows)
        leading = [name for name in names if is_composite_type(get_named_type(fields[name].type))]
        again = [each.name for each in scope.values() if each.name in leading]
        if again and self.chance(0.5):
            return self.random.choice(again)
        # Half of the time what leads further: most types have many more plain values.
        if leading and self.chance(0.5):
            names = leading
        return self.random.choice(names) if names else None

    def _field(self, kind: Any, name: str, scope: Scope, depth: int, rows: int) -> FieldNode:
        self.left -= 1
        defined = kind.fields[name]
        same = [key for key, each in scope.items() if each.name == name]
        if same and self.chance(0.6):
            key = self.random.choice(same)
            chosen = scope[key]
        else:
            arguments, size = self._arguments(kind, name, defined, rows)
            chosen = Chosen(name, arguments, size)
            key = self._key(name, scope)
            scope.setdefault(key, chosen)
        below = get_named_type(defined.type)
        selections = []
        if is_composite_type(below):
            selections = self._selections(below, chosen.below, depth + 1, rows * max(1, chosen.rows))
        alias = key if key != name else None
        return field_node(
            name,
            alias,
            arguments=chosen.arguments,
            directives=self._directives(),
            selections=selections,
        )

    def _key(self, name: str, scope: Scope) -> str:
        if name in scope:
            # Now and then the name again: on another type it may have other arguments.
            return name if self.chance(0.1) else f"{name}{len(scope)}"
        return self.random.choice("abc") if self.chance(0.08) else name

    def _fragment(self, kind: Any, scope: Scope, depth: int, rows: int) -> SelectionNode:
        on = self._condition(kind)
        ready = [name for name, each in self.fragments.items() if self._overlap(each, kind)]
        if ready and self.chance(0.25):
            return FragmentSpreadNode(
                name=NameNode(value=self.random.choice(ready)), directives=self._directives()
            )
        selections = self._selections(on, scope, depth, rows)
        if self.chance(0.3):
            name = f"F{len(self.fragments)}"
            self.fragments[name] = FragmentDefinitionNode(
                name=NameNode(value=name),
                type_condition=named(on),
                directives=(),
                selection_set=SelectionSetNode(selections=tuple(selections)),
            )
            return FragmentSpreadNode(name=NameNode(value=name), directives=self._directives())
        return self._inline(on if self.chance(0.95) or on is not kind else None, selections, depth)

    def _inline(self, on: Any, selections: list[SelectionNode], depth: int) -> InlineFragmentNode:
        return InlineFragmentNode(
            type_condition=named(on) if on else None,
            directives=self._directives() if depth else (),
            selection_set=SelectionSetNode(selections=tuple(selections)),
        )

    def _condition(self, kind: Any) -> Any:
        """A type that a fragment on `kind` may be about."""
        if not is_abstract_type(kind):
            above = [kind, *getattr(kind, "interfaces", ())]
            return self.random.choice(above)
        if self.chance(0.15):
            return kind
        possible = sorted(self.schema.get_possible_types(kind), key=lambda each: each.name)
        # Types with fields of their own first: the blocks of Wagtail that nobody uses have none.
        own = [each for each in possible if len(each.fields) > len(getattr(kind, "fields", ())) + 1]
        return self.random.choice(own or possible)

    def _overlap(self, fragment: FragmentDefinitionNode, kind: Any) -> bool:
        on = self.schema.type_map[fragment.type_condition.name.value]
        possible = [
            set(self.schema.get_possible_types(each)) if is_abstract_type(each) else {each}
            for each in (on, kind)
        ]
        return bool(possible[0] & possible[1])

    def _directives(self) -> tuple[DirectiveNode, ...]:
        if not self.chance(0.06):
            return ()
        condition = GraphQLArgument(GraphQLNonNull(self.schema.type_map["Boolean"]))
        skips = self.chance(0.4)
        argument = self._argument("if", condition, self.chance(0.2 if skips else 0.75))
        return (DirectiveNode(name=NameNode(value="skip" if skips else "include"), arguments=(argument,)),)

    def _arguments(
        self, kind: Any, name: str, defined: GraphQLField, rows: int
    ) -> tuple[tuple[ArgumentNode, ...], int]:
        """Arguments for a field, and how many objects it leads to at the most."""
        # Each argument may leave nothing: of many only one or two are given.
        some = min(0.3, 1.2 / max(1, len(defined.args)))
        chosen = [
            each
            for each, argument in defined.args.items()
            if is_required_argument(argument) or self.chance(0.8 if each in SIZES else some)
        ]
        chosen = [each for each in chosen if each != "token" or self.chance(0.05)]
        if "urlPath" in defined.args:
            chosen = [
                *(each for each in chosen if each not in {"id", "slug", "urlPath"} and self.chance(0.4))
            ]
            chosen.append(self.random.choice(["id", "slug", "urlPath"]))
        backward = "last" in chosen and self.chance(0.3)
        if not self.chance(0.03):
            left_out = {"first", "after"} if backward else {"last", "before"}
            chosen = [each for each in chosen if each not in left_out]
        values = {each: self._value(name, each, defined.args[each], rows) for each in chosen}
        for each in {"after", "before"} & values.keys():
            values[each] = self.values.cursor(self.random, self._list_name(kind, name, defined, values))
        sizes = [values[each] for each in SIZES if isinstance(values.get(each), int)]
        size = max(0, min(100, max(sizes))) if sizes else self._size(defined)
        arguments = tuple(self._argument(each, defined.args[each], value) for each, value in values.items())
        return arguments, size

    def _list_name(self, kind: Any, name: str, defined: GraphQLField, values: dict[str, Any]) -> str:
        if "orderBy" not in defined.args:
            return f"{kind.name}.{name}"
        return f"{kind.name}.{name}:{values.get('orderBy') or defined.args['orderBy'].default_value}"

    def _size(self, defined: GraphQLField) -> int:
        kind = defined.type.of_type if isinstance(defined.type, GraphQLNonNull) else defined.type
        if any(each in defined.args for each in SIZES):
            return 10
        return SOME_ROWS if isinstance(kind, GraphQLList) else 1

    def _value(self, of: str, name: str, argument: GraphQLArgument, rows: int) -> Any:
        value = self._value_of(f"{of}.{name}", argument.type)
        if name in SIZES and isinstance(value, int) and 0 < value <= 100:
            return max(1, min(value, MOST_ROWS // rows))
        return value

    def _value_of(self, name: str, kind: GraphQLInputType) -> Any:
        if isinstance(kind, GraphQLNonNull):
            return self._known(name, kind.of_type)
        return None if self.chance(0.02) else self._known(name, kind)

    def _known(self, name: str, kind: GraphQLInputType) -> Any:
        if isinstance(kind, GraphQLList):
            return [self._value_of(name, kind.of_type) for _each in range(self.random.choice([0, 1, 1, 2]))]
        if isinstance(kind, GraphQLEnumType):
            return self.random.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            names = [
                each for each, below in kind.fields.items() if is_required_argument(below) or self.chance(0.3)
            ]
            return {each: self._value_of(f"filter.{each}", kind.fields[each].type) for each in names}
        return self.values.pick(self.random, name, kind.name)

    def _argument(self, name: str, argument: GraphQLArgument, value: Any) -> ArgumentNode:
        kind = argument.type
        written = (
            self._variable(kind, value) if self.chance(0.35) or is_unwritable(value) else literal(kind, value)
        )
        return ArgumentNode(name=NameNode(value=name), value=written)

    def _variable(self, kind: GraphQLInputType, value: Any) -> VariableNode:
        name = f"v{len(self.variables)}"
        node = VariableNode(name=NameNode(value=name))
        default = None
        is_writable = not is_unwritable(value)
        if self.chance(0.15) and is_writable and value is not None:
            default = literal(kind, value)
        self.variables[name] = VariableDefinitionNode(
            variable=node, type=parse_type(str(kind)), default_value=default, directives=()
        )
        # A variable that has a default may be left out, as may one that is not required.
        may_be_left_out = default is not None or not isinstance(kind, GraphQLNonNull)
        if not (may_be_left_out and self.chance(0.2)):
            self.given[name] = value
        return node
