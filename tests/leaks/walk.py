"""Requests that go every way through a schema: made from introspection, so that a new field is walked without being named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)

#: Arguments of a field that are asked for in one request.
AT_ONCE = 25
#: Rows of a list within what is asked for.
FEW = 4
#: A way to a type: the fields from the root on, each with the type that it is selected on.
Way = tuple[tuple[str, str], ...]


@dataclass
class Walk:
    """A schema, and values for its arguments: `values(argument's name, its type's name)` answers literals."""

    schema: GraphQLSchema
    values: Callable[[str, str], list[str]]
    ways: dict[str, Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ways = dict(self._shortest_ways())

    def _shortest_ways(self) -> Iterator[tuple[str, Way]]:
        seen: set[str] = set()
        ahead: list[tuple[int, Way, str]] = [(0, (), "Query")]
        while ahead:
            length, way, name = heappop(ahead)
            if name in seen:
                continue
            seen.add(name)
            yield name, way
            for each, defined in self.schema.type_map[name].fields.items():
                # A field that finds one thing by its arguments is a way only where there is no other.
                step = 10 if defined.args and not _is_many(defined) else 1
                # Of a list of mixed things the first may all be of other types.
                step += is_abstract_type(get_named_type(defined.type))
                for target in self._objects(defined):
                    heappush(ahead, (length + step, (*way, (name, each)), target.name))

    def _objects(self, defined: GraphQLField) -> list[GraphQLObjectType]:
        kind = get_named_type(defined.type)
        if is_abstract_type(kind):
            return list(self.schema.get_possible_types(kind))
        return [kind] if isinstance(kind, GraphQLObjectType) else []

    def edges(self) -> list[tuple[str, str]]:
        """Every field that leads to an object, by its type's name and its own."""
        return [
            (name, each)
            for name in self.ways
            for each, defined in self.schema.type_map[name].fields.items()
            if is_composite_type(get_named_type(defined.type))
        ]

    def requests(self, part: str = "", *, with_arguments: bool, mixed: int = 1) -> Iterator[tuple[str, str]]:
        """For every field that leads to an object or has arguments a request for what is below it, two steps deep.

        What leads to objects of several types is `mixed` steps deep: what is below each type is walked where that type is,
        and two steps of every page's type are 58 kB. Root fields always are two.

        Only those of a type or a root field (`Query.articles`), if `part` names it. Root fields are asked for by each of
        their arguments, too; others only `with_arguments`, and what types have from an interface on one of them. What
        has no arguments and leads nowhere is selected wherever its type is reached.
        """
        done: set[tuple[str, str]] = set()
        for name in self.ways:
            kind = self.schema.type_map[name]
            for each, defined in kind.fields.items():
                owner = next((above.name for above in kind.interfaces if each in above.fields), name)
                ways = self._arguments(defined, most=None if name == "Query" else 1)
                if name != "Query" and (not with_arguments or (owner, each) in done):
                    ways = ways[:1]
                done.add((owner, each))
                if part not in {"", name, f"{name}.{each}"}:
                    continue
                if name != "Query" and not defined.args and not self._objects(defined):
                    continue
                is_mixed = name != "Query" and is_abstract_type(get_named_type(defined.type))
                first = self._below(defined, steps=mixed if is_mixed else 2)
                yield f"{name}.{each}", self.wrapped(name, f"a0_{each}: {each}{ways[0]}{first}")
                others = list(enumerate(ways))[1:]
                for start in range(0, len(others), AT_ONCE):
                    some = others[start : start + AT_ONCE]
                    yield f"{name}.{each}", self._together(name, each, some)

    def _together(self, name: str, each: str, ways: list[tuple[int, str]]) -> str:
        """A field by several arguments in one request, since most of a request's time goes into its selections."""
        defined = self.schema.type_map[name].fields[each]
        below = self._below(defined, steps=1)
        selected = " ".join(
            f"a{number}_{each}: {each}{arguments}{below and ' { ...below }'}" for number, arguments in ways
        )
        fragment = below and f" fragment below on {get_named_type(defined.type).name}{below}"
        return self.wrapped(name, selected) + fragment

    def wrapped(self, name: str, selected: str) -> str:
        """A selection on a type as a whole request."""
        inner = f"__typename {selected}"
        for parent, each in reversed(self.ways[name]):
            defined = self.schema.type_map[parent].fields[each]
            if is_abstract_type(get_named_type(defined.type)):
                inner = f"... on {name} {{ {inner} }}"
            inner = f"{each}{self._arguments(defined)[0]} {{ {inner} }}"
            name = parent
        return "{ " + inner + " }"

    def _below(self, defined: GraphQLField, *, steps: int, is_nested: bool = False) -> str:
        kind = get_named_type(defined.type)
        if not is_composite_type(kind):
            return ""
        if is_abstract_type(kind) and is_nested:  # of each type all fields again would be without end
            return " { __typename " + self.selection(kind, steps) + " }"
        parts = [f"... on {each.name} {{ {self.selection(each, steps)} }}" for each in self._objects(defined)]
        return " { __typename " + " ".join(parts) + " }"

    def selection(self, kind: Any, steps: int) -> str:
        parts = ["__typename"]
        for name, defined in getattr(kind, "fields", {}).items():
            is_leaf = not is_composite_type(get_named_type(defined.type))
            if is_leaf or steps > 1:
                arguments = self._arguments(defined, few=not is_leaf)[0]
                below = self._below(defined, steps=steps - 1, is_nested=True)
                parts.append(f"{kind.name}_{name}: {name}{arguments}{below}")
        return " ".join(parts)

    def _arguments(self, defined: GraphQLField, *, most: int | None = 0, few: bool = False) -> list[str]:
        bounds = {"limit", "first"} if few else set()
        always = {name: str(FEW) for name in defined.args if name in bounds} | {
            name: next(iter(self._values(name, each)), '"x"')
            for name, each in defined.args.items()
            if is_required_argument(each) or name == "preset"
        }
        found = [_written(always)]
        for name, each in defined.args.items():
            found += [_written({**always, name: value}) for value in self._values(name, each)[:most]]
        return found

    def _values(self, name: str, argument: GraphQLArgument) -> list[str]:
        kind = get_named_type(argument.type)
        if isinstance(kind, GraphQLEnumType):
            return [_listed(value, argument) for value in kind.values]
        if isinstance(kind, GraphQLInputObjectType):
            return [
                f"{{ {each}: {value} }}"
                for each, below in kind.fields.items()
                if not isinstance(get_named_type(below.type), GraphQLInputObjectType)
                for value in self._values(each, below)
            ]
        return [_listed(value, argument) for value in self.values(name, kind.name)]


def _is_many(defined: GraphQLField) -> bool:
    kind = defined.type.of_type if isinstance(defined.type, GraphQLNonNull) else defined.type
    return isinstance(kind, GraphQLList) or "pageInfo" in getattr(kind, "fields", {})


def _listed(value: str, argument: Any) -> str:
    kind = argument.type.of_type if isinstance(argument.type, GraphQLNonNull) else argument.type
    return f"[{value}]" if isinstance(kind, GraphQLList) else value


def _written(arguments: dict[str, str]) -> str:
    return f"({', '.join(f'{name}: {value}' for name, value in arguments.items())})" if arguments else ""


def reached(data: Any, found: set[tuple[str, str]]) -> None:
    """Add to `found` the fields that lead to an object in an answer of ours, by type and name."""
    if isinstance(data, list):
        for each in data:
            reached(each, found)
    elif isinstance(data, dict):
        kind = data.get("__typename")
        for key, value in data.items():
            first = value[0] if isinstance(value, list) and value else value
            if isinstance(first, dict) and "__typename" in first:
                name = key.partition("_")[2] if kind and "_" in key else key
                found.add((kind, name))
            reached(value, found)
