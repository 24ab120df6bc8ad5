"""What clients' caches go by: every object has an id, and two answers with one id say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from graphql import (
    DefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNonNull,
    GraphQLObjectType,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)
from wagtail.models import Locale, Page

from articles.models import ArticlePage
from campaigns.models import CampaignPage
from cms.graphql.wagtail.build import schema
from home.models import SiteSettings
from polls.models import Poll, PollOption
from tests.client import OPERATIONS, GraphQLClient
from tests.drafts import token_of
from tests.factories.people import person
from tests.leaks.walk import Walk

pytestmark = pytest.mark.one_database
WALK = Walk(schema.graphql_schema, lambda name, kind: [])


class Cache:
    """A client's cache: what it knows of each object, by its type and id."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, value: Any) -> Any:
        """Keep what an answer says; fails where something else is kept of an object."""
        if isinstance(value, list):
            return [self.take(each) for each in value]
        if not isinstance(value, dict):
            return value
        said = {key: self.take(each) for key, each in value.items()}
        ids = {each for key, each in said.items() if key.partition("_")[2] == "id"}
        if "__typename" not in said or not ids:
            return said
        [identity] = ids
        assert identity, said
        key = said["__typename"], identity
        known = self.known.setdefault(key, {})
        assert {**said, **known} == {**known, **said}, f"{key} is two objects"
        known.update(said)
        return key


def test_every_type_that_has_an_id_always_has_it():
    types = schema.graphql_schema.type_map.values()
    with_id = [each for each in types if "id" in getattr(each, "fields", {}) and hasattr(each, "interfaces")]
    assert len(with_id) > 60
    assert [each.name for each in with_id if not isinstance(each.fields["id"].type, GraphQLNonNull)] == []


def without_id(definition: DefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> list[str]:
    """Fields whose objects have an id that is not selected."""
    info = TypeInfo(schema.graphql_schema)

    def selects_id(selected: SelectionSetNode) -> bool:
        for each in selected.selections:
            if isinstance(each, FieldNode) and each.name.value == "id":
                return True
            if isinstance(each, FragmentSpreadNode) and selects_id(fragments[each.name.value].selection_set):
                return True
        return False

    missing: list[str] = []

    class Look(Visitor):
        def enter_field(self, node: FieldNode, *_place: Any) -> None:
            shown = get_named_type(info.get_type())
            if (
                node.selection_set
                and "id" in getattr(shown, "fields", {})
                and not selects_id(node.selection_set)
            ):
                missing.append(node.name.value)

    visit(definition, TypeInfoVisitor(info, Look()))
    return missing


def test_the_docs_list_the_types_that_have_no_id():
    text = (settings.BASE_DIR / "docs" / "graphql.md").read_text()
    listed = re.search(r"const embedded = \[(.*?)\]", text, re.S)
    types = schema.graphql_schema.type_map.values()
    without = {
        each.name
        for each in types
        if isinstance(each, GraphQLObjectType) and "id" not in each.fields and not each.name.startswith("__")
    }
    assert sorted(re.findall(r"\w+", listed[1])) == sorted(without - {"Query", "Mutation"})


def test_what_we_show_to_clients_asks_for_ids():
    """The frontend's documents and those in the docs; the twelve of its top folder are the contract's, word for word."""
    texts = [path.read_text() for path in OPERATIONS.glob("portal/*.graphql")]
    shown = [path.read_text() for path in (settings.BASE_DIR / "docs").glob("*.md")]
    texts += [each for text in shown for each in re.findall(r"```graphql\n(.*?)```", text, re.S)]
    definitions = [each for text in texts for each in parse(text).definitions]
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    assert len(definitions) > 30
    found = {each.name.value: without_id(each, fragments) for each in definitions}
    assert {name: fields for name, fields in found.items() if fields} == {}


@pytest.mark.usefixtures("demo", "unlimited")
def test_no_object_is_taken_for_another(graphql: GraphQLClient):
    cache = Cache()
    for query, variables in list(asked()):
        answer = graphql.post(query, **variables).json()
        assert "errors" not in answer
        cache.take(answer["data"])
    drafts = {kind for kind, identity in cache.known if identity.startswith("draft.")}
    assert drafts >= {"CampaignPage", "ArticlePage", "Target", "Poll", "PollOption", "Site", "ParagraphBlock"}
    assert len(cache.known) > 100


def asked() -> Iterator[tuple[str, dict[str, Any]]]:
    """Requests for pages of each type, their copies, aliases, translations and drafts, and for what else has drafts."""
    editor, english = person("superuser"), Locale.objects.get_or_create(language_code="en")[0]
    for model in (ArticlePage, CampaignPage):
        original = model.objects.first()
        others = [
            original.copy_for_translation(english, copy_parents=True),
            original.copy(update_attrs={"slug": "ban-sao"}),
            original.create_alias(update_slug="bi-danh"),
        ]
        yield page_query(model), {"id": str(original.pk)}
        Page.objects.filter(pk__in=[each.pk for each in others]).update(live=True)
        for each in others:
            yield page_query(model), {"id": str(each.pk)}
        yield page_query(model, "token"), {"token": draft_of(original, editor, title="Nháp")}
    poll = Poll.objects.first()
    poll.options.add(PollOption(text="Mới"))
    selected = WALK.selection(schema.graphql_schema.type_map["Poll"], 2)
    yield f"query($id: ID!) {{ poll(id: $id) {{ {selected} }} }}", {"id": str(poll.pk)}
    yield (
        f"query($token: String!) {{ poll(token: $token) {{ {selected} }} }}",
        {"token": draft_of(poll, editor, question="Nháp?")},
    )
    selected = WALK.selection(schema.graphql_schema.type_map["Site"], 2)
    yield (
        f"query($token: String!) {{ site {{ {selected} }} draft: site(token: $token) {{ {selected} }} }}",
        {"token": draft_of(SiteSettings.objects.first(), editor, hotline="0")},
    )


def page_query(model: type[Page], argument: str = "id") -> str:
    kind = schema.graphql_schema.type_map[model.__name__]
    declared = {"id": "ID!", "token": "String!"}[argument]
    kept = "id" if argument == "id" else f'contentType: "{model._meta.label}", token'
    # Pages around a page are asked for by themselves.
    fields = {name: each for name, each in kind.fields.items() if "limit" not in each.args}
    selected = WALK.selection(SimpleNamespace(name=kind.name, fields=fields), 2)
    inner = f"__typename ... on {kind.name} {{ {selected} }}"
    return f"query(${argument}: {declared}) {{ page({kept}: ${argument}) {{ {inner} }} }}"


def draft_of(each: Model, editor: AbstractBaseUser, **changes: Any) -> str:
    for name, value in changes.items():
        setattr(each, name, value)
    return token_of(each, editor)
