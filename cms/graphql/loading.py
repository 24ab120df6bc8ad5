"""Reading for a level at a time.

Objects that were read together are siblings. What one of them needs, all of them get in the same statement: a field
that leads elsewhere is resolved once for all siblings, when the first of them is asked. So the number of statements
depends on the shape of an operation and never on its rows, in lists of lists, and in blocks as in pages.

The selection says which columns are read (`selection.py`); the public rule is applied here, to everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.content.visibility import public
from cms.graphql.selection import Selection, selection_of


class Siblings:
    """Objects that were read together, and what was read for all of them since."""

    __slots__ = ("loaded", "objects")

    def __init__(self, objects: Sequence[Any]) -> None:
        self.objects = objects
        self.loaded: dict[Any, Any] = {}


def bind(objects: list[Any]) -> list[Any]:
    """Make `objects` siblings."""
    group = Siblings(objects)
    for each in objects:
        each._siblings = group
    return objects


def siblings_of(instance: Any, owner: type | None = None) -> tuple[Siblings, list[Any]]:
    """The group of an object, and its members of the type `owner` (a model or a block)."""
    group = getattr(instance, "_siblings", None)
    if group is None:
        bind([instance])
        group = instance._siblings
    if owner is None:
        return group, list(group.objects)
    return group, [each for each in group.objects if isinstance(getattr(each, "block", each), owner)]


def batched(
    instance: Any, info: GraphQLResolveInfo, load: Callable[..., dict], *, owner: type | None, args: dict
) -> Any:
    """What `load` has for an object; `load` runs once for all its siblings, however many ask."""
    group, peers = siblings_of(instance, owner)
    key = (id(info.field_nodes[0]), owner)
    if key not in group.loaded:
        group.loaded[key] = load(peers, info, **args)
    return group.loaded[key].get(instance.pk)


def read(
    queryset: QuerySet,
    info: GraphQLResolveInfo,
    *path: str,
    also: Iterable[str] = (),
    is_public: bool = False,
) -> list[Any]:
    """The public rows of a queryset, as siblings, with the columns that are selected.

    `path` leads from the field to the rows' own selection (`"edges", "node"`); `also` names further columns to read;
    `is_public` says that the caller has applied the public rule (a slice can't be filtered any more).
    Rows of the base Page model come back as instances of their own page types.
    """
    return read_selected(queryset, info, selection_of(info).below(*path), also=also, is_public=is_public)


def read_selected(
    queryset: QuerySet,
    info: GraphQLResolveInfo,
    selection: Selection,
    *,
    also: Iterable[str] = (),
    is_public: bool = False,
) -> list[Any]:
    """As `read`, for a selection that the caller knows."""
    if not is_public:
        queryset = public(queryset, info.context.rule)
    if queryset.model is Page:
        return bind(_specific(queryset, selection))
    return bind(list(_narrow(queryset, selection, also)))


def by_pk(model: type[Model], pks: Iterable[Any], info: GraphQLResolveInfo, *path: str) -> dict[Any, Any]:
    """The public objects of a model with these primary keys, by key; no statement where there are no keys."""
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    manager = model._base_manager if not issubclass(model, Page) else model.objects
    return {each.pk: each for each in read(manager.filter(pk__in=wanted).order_by(), info, *path)}


def _narrow(queryset: QuerySet, selection: Selection, also: Iterable[str] = ()) -> QuerySet:
    columns = selection.columns(queryset.model)
    return queryset if columns is None else queryset.only(*columns, *also)


def _specific(queryset: QuerySet, selection: Selection) -> list[Page]:
    # The tables of page types are read only where something is selected that the table of all pages lacks.
    rows = list(queryset.defer("search_description", "draft_title", "seo_title"))
    by_type: dict[int, list[Page]] = defaultdict(list)
    for row in rows:
        by_type[row.content_type_id].append(row)
    found: dict[int, Page] = {}
    for content_type_id, pages in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class() or Page
        found.update(_as_type(model, pages, selection))
    return [found[row.pk] for row in rows if row.pk in found]


def _as_type(model: type[Page], pages: list[Page], selection: Selection) -> dict[int, Page]:
    shared = {field.name for field in Page._meta.concrete_fields} - {
        "search_description",
        "draft_title",
        "seo_title",
    }
    columns = selection.columns(model)
    if model is Page:
        return {page.pk: page for page in pages}
    if columns is not None and shared.issuperset(columns):
        return {page.pk: _cast(page, model) for page in pages}
    specific = _narrow(model.objects.filter(pk__in=[page.pk for page in pages]), selection)
    return {page.pk: page for page in specific}


def _cast(page: Page, model: type[Page]) -> Page:
    values = {name: value for name, value in page.__dict__.items() if name != "_state"}
    specific = model.__new__(model)
    specific.__dict__.update(values, page_ptr_id=page.pk)
    specific._state = page._state
    return specific
