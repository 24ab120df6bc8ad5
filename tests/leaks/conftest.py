"""Half of the demonstration's content as secrets, and ways through the schema that could show them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from graphql import build_client_schema, get_introspection_query
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, get_page_models

from articles.models import ArticlePage
from polls.models import Ballot, Poll
from polls.tending import tend
from tests.accelerators import switch
from tests.client import GraphQLClient
from tests.leaks.secrets import WORD, examples, link, mark, secrets
from tests.leaks.walk import Walk


@pytest.fixture(scope="module")
def secret(demo: None, django_db_blocker: Any) -> Iterator[dict[str, list]]:
    """Half of the demonstration's content, marked; the other half links to it wherever it can."""
    with django_db_blocker.unblock(), transaction.atomic():
        _translate()
        for model in (get_image_model(), get_document_model(), ArticlePage):
            for each in model.objects.all():
                each.tags.add("chung")
                each.save()
        found = secrets()
        link(found)
        tend(timezone.now())
        mark([each for kind in found.values() for each in kind])
        yield found
        transaction.set_rollback(True)


def _translate() -> None:
    """One page of every type in English, too, with what stands above it."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    for model in get_page_models():
        page = model.objects.filter(depth__gt=1).exact_type(model).first()
        if page and not page.has_translation(english):
            page.specific.copy_for_translation(english, copy_parents=True)
    for page in Page.objects.filter(locale=english):
        page.specific.save_revision().publish()


def _ballot_of(poll: Poll) -> Ballot | None:
    return Ballot.objects.filter(poll=poll).order_by("pk").first()


@pytest.fixture
def walk(
    graphql: GraphQLClient, secret: dict[str, list], unlimited: None, no_rate_limits: None, settings
) -> Walk:
    switch(settings, answer_cache=False)
    schema = build_client_schema(graphql.post(get_introspection_query()).json()["data"])
    asked = examples(secret)
    pages = Page.objects.filter(pk__in=[each.pk for each in asked if isinstance(each, Page)])
    by_type = {
        "ID": sorted({str(each.pk) for each in [*asked, *Tag.objects.all()]}),
        "String": [WORD],
        "Boolean": [True, False],
        "Int": [20],
        "PositiveInt": [100],
        "Date": ["2026-01-01"],
    }
    by_name = {
        "contentType": [model._meta.label for model in get_page_models()],
        "language": ["vi", "en"],
        "locale": ["vi", "en"],
        "order": ["-id"],
        "receipt": [ballot.receipt for ballot in map(_ballot_of, Poll.objects.all()) if ballot],
        "path": [f"/cu/{WORD}-{page.pk}" for page in pages],
        "slug": [page.slug for page in pages],
        "urlPath": [page.get_url_parts()[2] for page in pages],
        **{name: [] for name in ("after", "before", "offset", "token", "site")},
    }

    def values(name: str, kind: str) -> list[str]:
        return [json.dumps(value) for value in by_name.get(name, by_type.get(kind, []))]

    return Walk(schema, values)
