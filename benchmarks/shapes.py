"""Requests of all shapes, drawn from the schema: lists of lists as long as they may be, with anything below them."""

from __future__ import annotations

from random import Random

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)

MOST_DEPTH = 6
#: Lengths of lists that are asked for; the longest that are taken first.
SIZES = {"first": (100, 20, 5), "limit": (100, 20, 5)}
#: Values of other arguments, by their names; a field that requires another one is left out.
VALUES = {
    "query": '"khu công nghiệp"',
    "search": '"khu công nghiệp"',
    "preset": "CARD",
    "urlPath": '"/tin-tuc/a-700/"',
    "contentType": '"articles.ArticlePage"',
}
COMMON = {"ArticlePage", "ParagraphBlock"}


def shape(schema: GraphQLSchema, random: Random) -> str:
    """A query; it may be refused for its cost or its size."""
    roots = [name for name, field in schema.query_type.fields.items() if _drawn(field)]
    # Lists lead to more than single objects do.
    roots += 4 * [name for name in roots if SIZES.keys() & schema.query_type.fields[name].args.keys()]
    chosen = [random.choice(roots) for _each in range(random.choice([1, 1, 2, 4]))]
    fields = schema.query_type.fields
    parts = [
        f"r{number}: {_field(schema, name, fields[name], random, 1)}" for number, name in enumerate(chosen)
    ]
    return "{ " + " ".join(parts) + " }"


def _drawn(field: GraphQLField) -> bool:
    required = [name for name, each in field.args.items() if is_required_argument(each)]
    return all(name in VALUES for name in required) and is_composite_type(get_named_type(field.type))


def _field(schema: GraphQLSchema, name: str, field: GraphQLField, random: Random, depth: int) -> str:
    given = []
    for argument, definition in field.args.items():
        if argument in SIZES:
            given.append(f"{argument}: {random.choice(SIZES[argument])}")
        elif argument in VALUES and (is_required_argument(definition) or random.random() < 0.3):
            given.append(f"{argument}: {VALUES[argument]}")
    called = f"{name}({', '.join(given)})" if given else name
    target = get_named_type(field.type)
    return f"{called} {_selection(schema, target, random, depth)}" if is_composite_type(target) else called


def _selection(schema: GraphQLSchema, owner: GraphQLNamedType, random: Random, depth: int) -> str:
    if is_abstract_type(owner):
        types = schema.get_possible_types(owner)
        shown = random.sample(list(types), min(len(types), random.choice([1, 2, 4])))
        # Most pages of a site, and most blocks of a page.
        shown += [each for each in types if each.name in COMMON and each not in shown]
        parts = [f"... on {each.name} {_selection(schema, each, random, depth)}" for each in shown]
        return "{ __typename " + " ".join(parts) + " }"
    leaves, below = [], []
    for name, field in owner.fields.items():
        if any(is_required_argument(each) and key not in VALUES for key, each in field.args.items()):
            continue
        (below if is_composite_type(get_named_type(field.type)) else leaves).append(name)
    # The rows of a connection are asked for once, and always.
    rows = [name for name in ("nodes",) if name in below] or below
    chosen = random.sample(leaves, min(len(leaves), random.choice([1, 3, 8])))
    if depth < MOST_DEPTH:
        chosen += random.sample(rows, min(len(rows), random.choice([1, 1, 2, 4])))
    fields = [_field(schema, name, owner.fields[name], random, depth + 1) for name in chosen]
    # Arguments of one field differ from type to type: names of their own let them stand side by side.
    named = [
        f"{owner.name}_{name}: {each}" if name in below and name not in {"nodes"} else each
        for name, each in zip(chosen, fields, strict=True)
    ]
    return "{ " + " ".join(["__typename", *named]) + " }"
