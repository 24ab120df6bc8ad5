"""Declarations of fields beside those that grapple makes from `graphql_fields`.

    @fields_of(ArticlePage)
    class ArticlePageFields:
        published_at = Computed(graphene.DateTime, required=True, description="...")
        category = Link("category", description="...")
        body = Blocks("body", description="...")

Each declaration says which columns it reads (`selection.py` adds them up) and how it is loaded for all siblings at
once (`loading.py`). They work for models, for StreamField blocks and inside interfaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

import graphene
from django.apps import apps
from django.db.models import Field as ModelField
from django.db.models import ForeignKey, Model
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo
from grapple.models import GraphQLField

from cms.graphql.blocks import BlockItem, children_of, items_of
from cms.graphql.loading import batched, by_pk, read
from cms.graphql.selection import COLUMNS, Columns
from cms.graphql.types import type_of

Load = Callable[..., dict[Any, Any]]

#: What the types of models are described with where the model's own docstring is not ours.
DESCRIPTIONS: dict[type, str] = {}


class Declared(graphene.Field):
    """A field that knows the columns it reads; `declare` tells it its owner and its name."""

    def __init__(self, type_: Any, *, columns: Columns | None = None, **kwargs: Any) -> None:
        self.columns = columns
        self.owner: type | None = None
        super().__init__(type_, **kwargs)

    def declare(self, owner: type, name: str) -> None:
        self.owner = owner
        if self.columns is None:
            self.columns = self.default_columns(name)
        COLUMNS[owner.__name__, to_camel_case(name)] = self.columns

    def default_columns(self, name: str) -> Columns:
        return []


class Computed(Declared):
    """A value made of an object's own columns: the attribute of the same name, or `resolve(instance, info, **args)`."""

    def __init__(self, type_: Any, *, resolve: Callable[..., Any] | None = None, **kwargs: Any) -> None:
        super().__init__(type_, resolver=resolve, **kwargs)

    def declare(self, owner: type, name: str) -> None:
        super().declare(owner, name)
        if self.resolver is None:
            value = attrgetter(name)
            self.resolver = lambda instance, info: value(instance)

    def default_columns(self, name: str) -> Columns:
        return [name]


class Batched(Declared):
    """A value that `load(siblings, info, **args)` finds for all siblings in one go, as a dictionary by `pk`.

    An object without an entry gets `empty`: null, or an empty list where the field is a list.
    """

    def __init__(self, type_: Any, *, load: Load, empty: Any = None, **kwargs: Any) -> None:
        self.load = load
        self.empty = empty
        super().__init__(type_, resolver=self.resolve, **kwargs)

    def resolve(self, instance: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
        value = batched(instance, info, self.load, owner=self.owner, args=args)
        return self.empty if value is None else value


class Link(Batched):
    """The object of a foreign key, where a reader may see it; else null."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        self.field = field
        super().__init__(lambda: type_of(self._foreign_key().related_model), load=self._load, **kwargs)

    def default_columns(self, name: str) -> Columns:
        return [self.field]

    def _foreign_key(self) -> ForeignKey:
        return self.owner._meta.get_field(self.field)

    def _load(self, objects: list[Model], info: GraphQLResolveInfo) -> dict[Any, Any]:
        attname = self._foreign_key().attname
        keys = {each.pk: getattr(each, attname) for each in objects}
        found = by_pk(self._foreign_key().related_model, keys.values(), info)
        return {pk: found.get(key) for pk, key in keys.items()}


class Children(Batched):
    """The objects of a reverse or many-to-many relation, in their order.

    `to` follows a foreign key of the children and answers its targets instead (documents of attachments).
    """

    def __init__(self, relation: str, *, to: str | None = None, **kwargs: Any) -> None:
        self.relation = relation
        self.to = to
        super().__init__(lambda: self._list_type(), load=self._load, empty=[], **kwargs)

    def _list_type(self) -> Any:
        return graphene.NonNull(graphene.List(graphene.NonNull(type_of(self._target()))))

    def _relation(self) -> ModelField:
        return self.owner._meta.get_field(self.relation)

    def _target(self) -> type[Model]:
        model = self._relation().related_model
        return model._meta.get_field(self.to).related_model if self.to else model

    def _load(self, objects: list[Model], info: GraphQLResolveInfo) -> dict[Any, list[Any]]:
        if self._relation().many_to_many:
            return self._targets(self._many_to_many_keys(objects), info)
        if self.to:
            attname = self._relation().related_model._meta.get_field(self.to).attname
            keys = self._child_values(objects, attname)
            return self._targets(keys, info)
        return self._child_objects(objects, info)

    def _targets(self, keys: list[tuple[Any, Any]], info: GraphQLResolveInfo) -> dict[Any, list[Any]]:
        found = by_pk(self._target(), (target for _source, target in keys), info)
        return _grouped((source, found[target]) for source, target in keys if target in found)

    def _many_to_many_keys(self, objects: list[Model]) -> list[tuple[Any, Any]]:
        drafts, stored = _drafts(objects, self.relation)
        keys = [(each.pk, target.pk) for each in drafts for target in getattr(each, self.relation).all()]
        if stored:
            field = self._relation()
            source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
            rows = field.remote_field.through._base_manager.filter(
                **{f"{source}__in": [each.pk for each in stored]}
            )
            order = [
                f"{field.m2m_reverse_field_name()}__{name}" for name in field.related_model._meta.ordering
            ]
            keys += rows.order_by(*order, "pk").values_list(source, target)
        return keys

    def _child_values(self, objects: list[Model], attname: str) -> list[tuple[Any, Any]]:
        drafts, stored = _drafts(objects, self.relation)
        keys = [
            (each.pk, getattr(child, attname))
            for each in drafts
            for child in getattr(each, self.relation).all()
        ]
        if stored:
            keys += self._children_of(stored).values_list(self._relation().field.attname, attname)
        return keys

    def _child_objects(self, objects: list[Model], info: GraphQLResolveInfo) -> dict[Any, list[Any]]:
        drafts, stored = _drafts(objects, self.relation)
        found = {each.pk: list(getattr(each, self.relation).all()) for each in drafts}
        if stored:
            parent = self._relation().field
            children = read(self._children_of(stored), info, also=[parent.name])
            found |= _grouped((getattr(child, parent.attname), child) for child in children)
        return found

    def _children_of(self, objects: list[Model]) -> Any:
        parent = self._relation().field
        model = self._relation().related_model
        rows = model._base_manager.filter(**{f"{parent.name}__in": [each.pk for each in objects]})
        return rows.order_by(*model._meta.ordering, "pk")


class Blocks(Batched):
    """A StreamField, or the blocks within a block, as a list of blocks; `of` where all are of one block class."""

    def __init__(self, source: str, *, of: type | None = None, **kwargs: Any) -> None:
        self.source = source
        self.of = of
        super().__init__(lambda: self._list_type(), load=self._load, empty=[], **kwargs)

    def default_columns(self, name: str) -> Columns:
        return [self.source]

    def _list_type(self) -> Any:
        return graphene.NonNull(graphene.List(graphene.NonNull(type_of(self.of or "block"))))

    def _load(self, objects: list[Any], info: GraphQLResolveInfo) -> dict[Any, list[BlockItem]]:
        return (
            items_of(objects, self.source)
            if isinstance(objects[0], Model)
            else children_of(objects, self.source)
        )


class BlockLink(Batched):
    """The object that a chooser within a block points to, where a reader may see it; else null."""

    def __init__(self, child: str, model: str, **kwargs: Any) -> None:
        self.child = child
        self.model = model
        super().__init__(lambda: type_of(model), load=self._load, **kwargs)

    def _load(self, items: list[BlockItem], info: GraphQLResolveInfo) -> dict[Any, Any]:
        keys = {item.pk: item.raw.get(self.child) for item in items}
        found = by_pk(apps.get_model(self.model), keys.values(), info)
        return {pk: found.get(key) for pk, key in keys.items()}


def fields_of(owner: type) -> Callable[[type], type]:
    """Add the decorated class's fields to the GraphQL type that grapple builds for a model or block class."""

    def add(declarations: type) -> type:
        if declarations.__doc__:
            DESCRIPTIONS[owner] = declarations.__doc__
        fields = [_grapple_field(name, field) for name, field in declare(owner, vars(declarations)).items()]
        names = {field()[0].field_name for field in fields}
        kept = [each for each in getattr(owner, "graphql_fields", []) if _name_of(each) not in names]
        owner.graphql_fields = [*kept, *fields]
        return declarations

    return add


def declare(owner: type, attributes: dict[str, Any]) -> dict[str, graphene.Field]:
    """Tell the fields among `attributes` their names and their owner."""
    fields = {name: field for name, field in attributes.items() if isinstance(field, graphene.Field)}
    for name, field in fields.items():
        if isinstance(field, Declared):
            field.declare(owner, name)
        elif resolver := attributes.get(f"resolve_{name}"):
            field.resolver = resolver
    return fields


def _grapple_field(name: str, field: graphene.Field) -> Callable[[], tuple[GraphQLField, Callable]]:
    # grapple takes a field and a wrapper of its type; the wrapper answers our field, resolver and all.
    return lambda: (GraphQLField(name, graphene.String), lambda _type: field)


def _name_of(graphql_field: Any) -> str:
    declared = graphql_field() if callable(graphql_field) else graphql_field
    return (declared[0] if isinstance(declared, tuple) else declared).field_name


def _drafts(objects: list[Model], relation: str) -> tuple[list[Model], list[Model]]:
    # A preview's relations are in memory; the database has what is published.
    drafts = [each for each in objects if relation in getattr(each, "_cluster_related_objects", {})]
    return drafts, [each for each in objects if each not in drafts and each.pk is not None]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
