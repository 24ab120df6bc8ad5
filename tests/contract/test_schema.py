"""The published schema."""

from __future__ import annotations

from collections import defaultdict

import pytest
from graphql import (
    GraphQLOutputType,
    GraphQLSchema,
    NoDeprecatedCustomRule,
    concat_ast,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    parse,
    validate,
)
from graphql.type import is_introspection_type

from cms.graphql.wagtail.build import schema
from cms.graphql.wagtail.sdl import FILE, schema_text
from tests.client import OPERATIONS

pytestmark = pytest.mark.one_database


def test_the_published_schema_is_what_the_code_makes():
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run `make schema` and look at the difference"


def test_every_type_field_argument_and_value_is_described():
    missing = list(undescribed(schema.graphql_schema))
    assert missing == []


def undescribed(graphql_schema: GraphQLSchema):
    for name, each in graphql_schema.type_map.items():
        if is_introspection_type(each):
            continue
        if not each.description:
            yield name
        for value, definition in getattr(each, "values", {}).items():
            if not definition.description:
                yield f"{name}.{value}"
        for field, definition in getattr(each, "fields", {}).items():
            if not definition.description:
                yield f"{name}.{field}"
            for argument, detail in getattr(definition, "args", {}).items():
                if not detail.description:
                    yield f"{name}.{field}({argument})"


def test_every_document_of_the_clients_is_valid():
    documents = sorted(OPERATIONS.glob("*.graphql"))
    assert len(documents) == 12
    for document in documents:
        assert validate(schema.graphql_schema, parse(document.read_text())) == [], document.name


def test_the_frontend_selects_nothing_that_is_deprecated():
    document = concat_ast([parse(path.read_text()) for path in OPERATIONS.glob("portal/*.graphql")])
    assert validate(schema.graphql_schema, document, [NoDeprecatedCustomRule]) == []


def test_one_document_may_select_all_that_the_types_of_an_interface_have():
    clashes = {}
    for name, each in schema.graphql_schema.type_map.items():
        # Objects of all types are nodes: of one it is known which it is, or it is asked for its id alone.
        if is_abstract_type(each) and name != "Node":
            shapes = defaultdict(set)
            for shown in schema.graphql_schema.get_possible_types(each):
                for field, defined in shown.fields.items():
                    if not defined.deprecation_reason:
                        shapes[f"{name}.{field}"].add(shape(defined.type))
            clashes |= {field: found for field, found in shapes.items() if len(found) > 1}
    assert clashes == {}


def shape(kind: GraphQLOutputType) -> str:
    """A type as far as it must be the same for two fields of one name: objects may be of different types."""
    named = get_named_type(kind)
    return str(kind).replace(named.name, "{}") if is_composite_type(named) else str(kind)


def test_nothing_of_an_editors_work_has_a_field():
    types = schema.graphql_schema.type_map
    hidden = {
        "draftTitle",
        "hasUnpublishedChanges",
        "goLiveAt",
        "expireAt",
        "owner",
        "aliasOf",
        "lockedBy",
        "revisions",
    }
    shown = {
        f"{name}.{field}" for name in types for field in getattr(types[name], "fields", {}) if field in hidden
    }
    assert shown == set()


def test_rules_of_the_specification_are_not_switched_off():
    errors = validate(schema.graphql_schema, parse("{ site { name } } fragment Unused on Site { name }"))
    assert [error.message for error in errors] == ["Fragment 'Unused' is never used."]
