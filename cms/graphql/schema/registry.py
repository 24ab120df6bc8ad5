"""Root fields of content apps, declared as classes: `@root_query`, `@root_mutation`."""

from __future__ import annotations

import graphene
from graphene.utils.str_converters import to_camel_case
from wagtail import hooks

from cms.graphql.schema.fields import declare


def root_query(declarations: type) -> type:
    """Add the class's fields to the type Query."""
    return _root(declarations, "register_schema_query")


#: What mutations count as (`operation/rate_limits.py`), by the names of their fields.
RATES: dict[str, str] = {}


def root_mutation(declarations: type) -> type:
    """Add the class's fields to the type Mutation. Its `rate` is the kind of request that they count as."""
    if rate := getattr(declarations, "rate", None):
        fields = [name for name, each in vars(declarations).items() if isinstance(each, graphene.Field)]
        RATES.update((to_camel_case(name), rate) for name in fields)
    return _root(declarations, "register_schema_mutation")


def _root(declarations: type, hook: str) -> type:
    declare(declarations, vars(declarations))
    hooks.register(hook, lambda mixins: mixins.append(declarations))
    return declarations
