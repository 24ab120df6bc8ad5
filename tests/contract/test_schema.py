"""The published schema."""

from __future__ import annotations

import pytest
from graphql import GraphQLSchema, parse, validate
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
