"""A preview shows the draft that it was made for; what is reached from it is what any reader may see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db.models import Model
from wagtail.models import Page, get_page_models

from home.models import SiteSettings
from polls.models import Poll
from tests.client import GraphQLClient
from tests.drafts import token_of
from tests.factories.people import person
from tests.leaks.secrets import WORD, hide
from tests.leaks.walk import Walk

pytestmark = pytest.mark.django_db

TYPES = [model for model in get_page_models() if model is not Page] + [Poll, SiteSettings]
#: What refers to nothing that can be hidden: tests would look in vain while it is public.
PLAIN = {Poll}


@pytest.fixture
def shown(graphql: GraphQLClient, walk: Walk) -> Any:
    """All that a preview of an object shows, and what lies one step beyond, as text."""
    editor = person("superuser")

    def text(thing: Model) -> str:
        root = {Poll: "poll", SiteSettings: "site"}.get(type(thing), "page")
        kind = walk.schema.type_map[type(thing).__name__ if root != "site" else "Site"]
        named = f'contentType: "{thing._meta.label}", ' if root == "page" else ""
        selected = f"... on {kind.name} {{ {walk.selection(kind, 2)} }}"
        query = f'{{ {root}({named}token: "{token_of(thing, editor)}") {{ {selected} }} }}'
        answer = graphql.post(query).json()
        assert "errors" not in answer, answer["errors"]
        return json.dumps(answer, ensure_ascii=False).lower()

    return text


def public_ones(model: type[Model], secret: dict[str, list[Model]]) -> list[Model]:
    hidden = {each.pk for found in secret.values() for each in found if isinstance(each, model)}
    rows = model._default_manager.exclude(pk__in=hidden).order_by("-pk")
    return list(rows.filter(depth__gt=1) if issubclass(model, Page) else rows)[:2]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_nothing_that_is_hidden_shows_in_a_preview(model, shown, secret):
    drafts = public_ones(model, secret)
    assert drafts
    before = [WORD in shown(draft) for draft in drafts]
    # Where nothing shows while it is public, the test would look in vain.
    assert any(before) or model in PLAIN
    hide(secret)
    assert [WORD in shown(draft) for draft in drafts] == [False] * len(drafts)
