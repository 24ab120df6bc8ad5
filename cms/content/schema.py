"""Shared content in GraphQL."""

from __future__ import annotations

import graphene

from cms.content.models import LegalDocument
from cms.graphql.schema.fields import Computed, Link, fields_of


@fields_of(LegalDocument)
class LegalDocumentFields:
    issued_on = Computed(graphene.Date, required=True, description="Day on which it was issued.")
    document = Link("document", description="Its text as a file, if public.")
