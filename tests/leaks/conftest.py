"""Half of the demonstration's content as secrets, and ways through the schema that could show them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from graphql import GraphQLArgument, build_client_schema, get_introspection_query
from graphql_relay import to_global_id
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, get_page_models

from articles.models import ArticlePage
from polls.integrity.worker import seal_and_flag
from polls.models import Ballot, Poll
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
        seal_and_flag(timezone.now())
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
def walk(whole_walk: Walk, unlimited: None, settings: LazySettings) -> Walk:
    switch(settings, answer_cache=False)
    return whole_walk


@pytest.fixture(scope="module")
def whole_walk(secret: dict[str, list], django_db_blocker: Any) -> Walk:
    with (
        django_db_blocker.unblock(),
        override_settings(
            CMS_GRAPHQL_LIMITS=dict.fromkeys(settings.CMS_GRAPHQL_LIMITS, 10**9), CMS_RATE_LIMITS={}
        ),
    ):
        introspected = GraphQLClient().post(get_introspection_query()).json()["data"]
        return NodeWalk(build_client_schema(introspected), _values(secret))


class NodeWalk(Walk):
    """As Walk; `node` takes other ids than all fields besides."""

    def _values(self, name: str, argument: GraphQLArgument) -> list[str]:
        is_node_id = argument is self.schema.query_type.fields["node"].args["id"]
        return super()._values("nodeId" if is_node_id else name, argument)


def _values(secret: dict[str, list]) -> Callable[[str, str], list[str]]:
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
        "nodeId": [to_global_id(type(each).__name__, each.pk) for each in [*asked, *Tag.objects.all()]],
        "order": ["-id"],
        "receipt": [ballot.receipt for ballot in map(_ballot_of, Poll.objects.all()) if ballot],
        "path": [f"/cu/{WORD}-{page.pk}" for page in pages],
        "slug": [page.slug for page in pages],
        "urlPath": [page.get_url_parts()[2] for page in pages],
        **{name: [] for name in ("after", "before", "offset", "token", "site")},
    }

    def values(name: str, kind: str) -> list[str]:
        return [json.dumps(value) for value in by_name.get(name, by_type.get(kind, []))]

    return values
