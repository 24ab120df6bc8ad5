"""The schema as it is published, in `schema.graphql`."""

from __future__ import annotations

from django.conf import settings
from graphql import print_schema

from cms.graphql.wagtail.build import schema

FILE = settings.BASE_DIR / "schema.graphql"


def schema_text() -> str:
    """The schema that the code makes, in the schema definition language."""
    return print_schema(schema.graphql_schema).strip() + "\n"
