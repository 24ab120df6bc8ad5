"""Root fields of content apps, declared as classes: `@root_query`, `@root_mutation`."""

from __future__ import annotations

from wagtail import hooks

from cms.graphql.fields import declare


def root_query(declarations: type) -> type:
    """Add the class's fields to the type Query."""
    return _root(declarations, "register_schema_query")


def root_mutation(declarations: type) -> type:
    """Add the class's fields to the type Mutation."""
    return _root(declarations, "register_schema_mutation")


def _root(declarations: type, hook: str) -> type:
    declare(declarations, vars(declarations))
    hooks.register(hook, lambda mixins: mixins.append(declarations))
    return declarations
