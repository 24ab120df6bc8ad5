"""`image(s)`, `document(s)`, `collections` and `tag(s)`, under wagtail-grapple's names and arguments."""

from __future__ import annotations

from typing import Any

import graphene
from django.db.models import Model, Q, QuerySet
from graphql import GraphQLResolveInfo
from taggit.models import ItemBase, Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.search.backends import get_search_backend

from cms.content.visibility import PublicRule, public
from cms.graphql.execution.loading import read
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.errors import pk_of
from cms.graphql.schema.fields import Computed, Root, fields_of
from cms.graphql.schema.lists.ordering import safe_order
from cms.graphql.schema.nodes import refetchable
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.page_lists import columns_of, list_arguments, offset_window

MAX_MATCHES = 1000
COLLECTION = graphene.ID(description="Only those in the collection with this id.")


@fields_of(Collection)
class CollectionFields:
    """A folder of images and documents."""

    name = Computed(graphene.String, required=True, description="The folder's name.")


@fields_of(Tag)
class TagFields:
    """A word that content is marked with."""

    name = Computed(graphene.String, required=True, description="The tag itself.")
    slug = Computed(graphene.String, required=True, description="The tag as part of an address.")


def public_tags(rule: PublicRule) -> QuerySet:
    """Tags of public pages: those of drafts would tell what is being written."""
    used = Q(pk__in=[])
    for through in _through_models():
        pages = public(through._meta.get_field("content_object").related_model.objects.order_by(), rule)
        used |= Q(pk__in=through.objects.filter(content_object__in=pages.values("pk")).values("tag"))
    return Tag.objects.filter(used)


def _through_models() -> list[type[ItemBase]]:
    links = [each for each in _descendants(ItemBase) if not each._meta.abstract]
    fields = {each: each._meta.get_fields() for each in links}
    return [
        each
        for each, found in fields.items()
        if any(
            field.name == "content_object" and issubclass(field.related_model or Tag, Page) for field in found
        )
    ]


def _descendants(model: type[ItemBase]) -> list[type[ItemBase]]:
    return [each for child in model.__subclasses__() for each in (child, *_descendants(child))]


def _listed(model: type[Model], info: GraphQLResolveInfo, args: dict[str, Any]) -> LoadGenerator:
    """A part of the public objects of a model that the arguments name."""
    queryset = public(model._default_manager.all(), info.context.rule)
    if args.get("id") is not None:
        queryset = queryset.filter(pk=pk_of(args["id"]))
    if args.get("collection") is not None:
        queryset = queryset.filter(collection=pk_of(args["collection"], field="collection"))
    if args.get("search_query"):
        operator = str(getattr(args["search_operator"], "value", args["search_operator"]) or "and")
        # grapple filters the search results themselves, which fails: the index has no column of the public rule.
        found = get_search_backend().search(args["search_query"], model, operator=operator)[:MAX_MATCHES]
        queryset = queryset.filter(pk__in=[each.pk for each in found])
    return (yield from _part(queryset, info, args))


def _part(
    rows: QuerySet, info: GraphQLResolveInfo, args: dict[str, Any], *, default_order: tuple[str, ...] = ()
) -> LoadGenerator:
    start, end = offset_window(args.get("limit"), args.get("offset"))
    order = safe_order(args.get("order"), columns_of(rows)) or default_order
    return (yield from read(rows.order_by(*order, "pk")[start:end], info, is_public=True))


def _one(rows: QuerySet, info: GraphQLResolveInfo, pk: str | None) -> LoadGenerator:
    if pk is None:
        return None
    return next(iter((yield from read(rows.filter(pk=pk_of(pk)), info))), None)


def _list_of(model: Any) -> Any:
    return lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(model()))))


def tags(info: GraphQLResolveInfo, **args: Any) -> LoadGenerator:
    """A part of the tags of public content."""
    rows = public_tags(info.context.rule)
    if args.get("id") is not None:
        rows = rows.filter(pk=pk_of(args["id"]))
    return (yield from _part(rows, info, args, default_order=("name",)))


for _model in (get_image_model(), get_document_model(), Collection):
    refetchable(_model)
refetchable(Tag, lambda info, id: _one(public_tags(info.context.rule), info, id))


@root_query
class MediaQueries:
    image = Root(
        lambda: type_of(get_image_model()),
        load=lambda info, id=None: _one(get_image_model().objects.all(), info, id),
        id=graphene.ID(description="The image's id."),
        description="One image of a public collection; null where there is none.",
    )
    images = Root(
        _list_of(get_image_model),
        load=lambda info, **args: _listed(get_image_model(), info, args),
        **list_arguments(),
        collection=COLLECTION,
        description="Images of public collections.",
    )
    image_type = Root(
        graphene.String,
        load=lambda info: type_of(get_image_model())._meta.name,
        required=True,
        description="Name of the type of images in this schema.",
    )
    document = Root(
        lambda: type_of(get_document_model()),
        load=lambda info, id=None: _one(get_document_model().objects.all(), info, id),
        id=graphene.ID(description="The document's id."),
        description="One document of a public collection; null where there is none.",
    )
    documents = Root(
        _list_of(get_document_model),
        load=lambda info, **args: _listed(get_document_model(), info, args),
        **list_arguments(),
        collection=COLLECTION,
        description="Documents of public collections.",
    )
    document_type = Root(
        graphene.String,
        load=lambda info: type_of(get_document_model())._meta.name,
        required=True,
        description="Name of the type of documents in this schema.",
    )
    collections = Root(
        _list_of(lambda: Collection),
        load=lambda info, **args: _listed(Collection, info, args),
        **list_arguments(search=False),
        description="Public folders of images and documents.",
    )
    tag = Root(
        lambda: type_of(Tag),
        load=lambda info, id=None: _one(public_tags(info.context.rule), info, id),
        id=graphene.ID(description="The tag's id."),
        description="One tag of public content; null where there is none.",
    )
    tags = Root(
        _list_of(lambda: Tag),
        load=tags,
        **list_arguments(search=False),
        description="Tags of public content.",
    )
