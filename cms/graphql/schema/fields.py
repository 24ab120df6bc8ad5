"""Declarations of fields beside those that grapple makes from `graphql_fields`.

    @fields_of(ArticlePage)
    class ArticlePageFields:
        published_at = Computed(graphene.DateTime, required=True, description="...")
        category = Link("category", description="...")
        body = Blocks("body", description="...")

Each declaration says which columns it reads (`execution/selection.py` adds them up) and how it is loaded for all
siblings at once (`execution/loading.py`). They work for models, for StreamField blocks and inside interfaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, cast

import graphene
from django.db.models import ForeignKey, ManyToManyField, ManyToOneRel, Model
from django.db.models.expressions import Combinable
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLResolveInfo
from grapple.models import GraphQLField

from cms.content.clusters import is_in_memory
from cms.content.links import safe_address
from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import batched, by_pk, having_any, public_rows, read
from cms.graphql.execution.planner import LOADERS, ROOT_LOADERS, load_once
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import COLUMNS, Columns
from cms.graphql.schema.types import type_of
from cms.graphql.sql.compiled import QueryTemplate

#: What the types of models are described with where the model's own docstring is not ours.
DESCRIPTIONS: dict[type, str] = {}


class Declared(graphene.Field):
    """A field that knows the columns it reads; `declare` tells it its owner and its name.

    `weight` is what its value costs beside others (`operation/cost.py`); `page_size`, the rows of a list whose size
    is left out.
    """

    #: graphene's attribute, which has no type.
    resolver: Callable[..., Any] | None

    def __init__(
        self,
        type_: Any,
        *,
        columns: Columns | None = None,
        weight: int = 1,
        page_size: int = 0,
        **kwargs: Any,
    ) -> None:
        self.columns = columns
        self.weight = weight
        self.page_size = page_size
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


class Address(Computed):
    """The address in a column of the same name; empty, or null, where a browser would run it as a script."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        self.empty = "" if required else None
        super().__init__(graphene.String, required=required, resolve=None, **kwargs)

    def declare(self, owner: type, name: str) -> None:
        value = attrgetter(name)
        self.resolver = lambda instance, info: safe_address(value(instance)) or self.empty
        super().declare(owner, name)


class Batched(Declared):
    """A value that `load(siblings, info, **args)` finds for all siblings in one go, as a dictionary by `pk`.

    `load` is a generator that yields the querysets it needs (`execution/scheduler.py`), or a function that needs none.
    An object without an entry gets `empty`: null, or an empty list where the field is a list.
    """

    def __init__(self, type_: Any, *, load: Callable[..., Any], empty: Any = None, **kwargs: Any) -> None:
        self.load = load
        self.empty = empty
        super().__init__(type_, resolver=self.resolve, **kwargs)

    def declare(self, owner: type, name: str) -> None:
        super().declare(owner, name)
        LOADERS[owner.__name__, to_camel_case(name)] = self

    def load_for(self, objects: list[Any], info: GraphQLResolveInfo, args: dict[str, Any]) -> Any:
        return self.load(objects, info, **args)

    def resolve(self, instance: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
        value = batched(instance, info, self.load, owner=self.owner, args=args)
        return self.empty if value is None else value


#: Names of the cookies that root fields look at, by the names of the fields (`operation/cookies.py`).
COOKIES: dict[str, set[str]] = defaultdict(set)


class Root(Declared):
    """A field of Query whose value `load(info, **args)` finds; a generator, as that of `Batched`.

    `cookie` is the name of one that its value depends on. An answer to who sends it is for them alone, and not kept.
    """

    def __init__(
        self, type_: Any, *, load: Callable[..., Any], cookie: str | None = None, **kwargs: Any
    ) -> None:
        self.load = load
        self.cookie = cookie
        super().__init__(type_, resolver=self.resolve, **kwargs)

    def declare(self, owner: type, name: str) -> None:
        super().declare(owner, name)
        ROOT_LOADERS[to_camel_case(name)] = self
        if self.cookie:
            COOKIES[to_camel_case(name)].add(self.cookie)

    def load_for(self, objects: list[Any], info: GraphQLResolveInfo, args: dict[str, Any]) -> Any:
        return self.load(info, **args)

    def resolve(self, root: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
        return load_once(info.context.loaded, info, self.owner, lambda: self.load(info, **args))


class Link(Batched):
    """The object of a foreign key, where a reader may see it; else null."""

    #: It is declared for a model, and before anything is loaded.
    owner: type[Model]

    def __init__(self, field: str, **kwargs: Any) -> None:
        self.field = field
        super().__init__(lambda: type_of(self._foreign_key().related_model), load=self._load, **kwargs)

    def default_columns(self, name: str) -> Columns:
        return [self.field]

    def _foreign_key(self) -> ForeignKey:
        return cast(ForeignKey, self.owner._meta.get_field(self.field))

    def _load(self, objects: list[Model], info: GraphQLResolveInfo) -> LoadGenerator:
        foreign_key = self._foreign_key()
        attname = foreign_key.attname
        keys = {each.pk: getattr(each, attname) for each in objects}
        found = yield from by_pk(foreign_key.related_model, keys.values(), info)
        return {pk: found.get(key) for pk, key in keys.items()}


class Children(Batched):
    """The objects of a reverse or many-to-many relation, in their order.

    `to` follows a foreign key of the children and answers its targets instead (documents of attachments).
    """

    #: It is declared for a model, and before anything is loaded.
    owner: type[Model]

    def __init__(self, relation: str, *, to: str = "", **kwargs: Any) -> None:
        self.relation = relation
        self.to = to
        super().__init__(lambda: self._list_type(), load=self._load, empty=[], **kwargs)

    def _list_type(self) -> Any:
        return graphene.NonNull(graphene.List(graphene.NonNull(type_of(self._target()))))

    def _relation(self) -> ManyToManyField | ManyToOneRel:
        return cast("ManyToManyField | ManyToOneRel", self.owner._meta.get_field(self.relation))

    def _link(self) -> ForeignKey | None:
        """The children's foreign key whose targets are answered; None where the children themselves are."""
        return cast(ForeignKey, self._relation().related_model._meta.get_field(self.to)) if self.to else None

    def _target(self) -> type[Model]:
        return (self._link() or self._relation()).related_model

    # Subclasses are for one relation, and say which models their objects and children are.
    def _load(self, objects: list[Any], info: GraphQLResolveInfo) -> LoadGenerator:
        drafts, stored = _drafts(objects, self.relation)
        relation = self._relation()
        if isinstance(relation, ManyToOneRel) and not self.to:
            return (yield from self._child_objects(relation, drafts, stored, info))
        keys = self._keys_of(drafts)
        if stored:
            keys += yield from self._keys_of_stored(relation, stored, info)
        found = yield from by_pk(self._target(), (target for _source, target in keys), info)
        return _grouped((source, found[target]) for source, target in keys if target in found)

    def _keys_of(self, drafts: list[Model]) -> list[tuple[Any, Any]]:
        link = self._link()
        name = link.attname if link else "pk"
        return [
            (each.pk, getattr(row, name)) for each in drafts for row in getattr(each, self.relation).all()
        ]

    def _keys_of_stored(
        self, relation: ManyToManyField | ManyToOneRel, stored: list[Model], info: GraphQLResolveInfo
    ) -> LoadGenerator:
        if isinstance(relation, ManyToManyField):
            source, target = relation.m2m_field_name(), relation.m2m_reverse_field_name()
            order = [f"{target}__{name}" for name in _ordering(relation.related_model)]
            through = cast("type[Model]", relation.remote_field.through)
            rows = having_any(through, source, [each.pk for each in stored], *order, "pk")
        else:
            rows, source, target = _children_of(stored, relation), relation.field.name, self.to
        links = yield public_rows(rows, info.context, source, target)
        return [(getattr(each, f"{source}_id"), getattr(each, f"{target}_id")) for each in links]

    def _child_objects(
        self, relation: ManyToOneRel, drafts: list[Model], stored: list[Model], info: GraphQLResolveInfo
    ) -> LoadGenerator:
        found = {each.pk: attach_batch(list(getattr(each, self.relation).all())) for each in drafts}
        if stored:
            parent = relation.field
            mark = self.marker(stored)
            children = yield from read(_children_of(stored, relation), info, also=[parent.name], mark=mark)
            found |= _grouped((getattr(child, parent.attname), child) for child in children)
        return found

    def marker(self, objects: list[Any]) -> Callable[[Any], None] | None:
        """What is to be called with each child of `objects` before anything below it is loaded."""
        return None


def fields_of(owner: type) -> Callable[[type], type]:
    """Add the decorated class's fields to the GraphQL type that grapple builds for a model or block class."""

    def add(declarations: type) -> type:
        if declarations.__doc__:
            DESCRIPTIONS[owner] = declarations.__doc__
        fields = [_grapple_field(name, field) for name, field in declare(owner, vars(declarations)).items()]
        names = {field()[0].field_name for field in fields}
        kept = [
            declared
            for declared, field in zip(
                getattr(owner, "graphql_fields", ()), declared_fields(owner), strict=True
            )
            if field.field_name not in names
        ]
        owner.graphql_fields = [*kept, *fields]  # type: ignore[attr-defined]  # where grapple looks for them
        return declarations

    return add


def declare(owner: type, attributes: Mapping[str, Any]) -> dict[str, graphene.Field]:
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


def declared_fields(owner: type) -> list[GraphQLField]:
    """The fields that grapple finds in `graphql_fields` of a model or block."""
    found = [each() if callable(each) else each for each in getattr(owner, "graphql_fields", ())]
    return [each[0] if isinstance(each, tuple) else each for each in found]


def _children_of(objects: list[Model], relation: ManyToOneRel) -> QueryTemplate:
    model, parent = relation.related_model, relation.field.name
    return having_any(model, parent, [each.pk for each in objects], *_ordering(model), "pk")


def _ordering(model: type[Model]) -> Sequence[str | Combinable]:
    return model._meta.ordering or ()


def _drafts(objects: list[Model], relation: str) -> tuple[list[Model], list[Model]]:
    # A preview's relations are in memory; the database has what is published.
    drafts = [each for each in objects if is_in_memory(each, relation)]
    return drafts, [each for each in objects if each not in drafts and each.pk is not None]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
