"""Reading for a level at a time.

Objects that were read together are siblings (`siblings.py`): a field that leads elsewhere is loaded once for all of
them, and as soon as they are there (`planning.py`). So the number of statements depends on the shape of an operation
and never on its rows, in lists of lists, and in blocks as in pages.

The selection says which columns are read (`selection.py`); the public rule is applied here, to everything. The
functions here are loads, to be called with `yield from` (`rounds.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.content.visibility import public
from cms.graphql.planning import ahead, key_of
from cms.graphql.rounds import Load, opened
from cms.graphql.selection import Selection, selection_of
from cms.graphql.siblings import bind, siblings_of

#: Columns of all pages that only few fields show.
SELDOM = ("search_description", "draft_title", "seo_title")


def batched(
    instance: Any, info: GraphQLResolveInfo, load: Callable[..., Any], *, owner: type | None, args: dict
) -> Any:
    """What `load` has for an object; `load` runs once for all its siblings, however many ask."""
    group, peers = siblings_of(instance, owner)
    key = key_of(info.field_nodes, owner)
    if key not in group.loaded:
        group.loaded[key] = info.context.rounds.result(lambda: load(peers, info, **args))
    return opened(group.loaded[key]).get(instance.pk)


def read(
    queryset: QuerySet,
    info: GraphQLResolveInfo,
    *path: str,
    also: Iterable[str] = (),
    is_public: bool = False,
    mark: Callable[[Any], None] | None = None,
) -> Load:
    """The public rows of a queryset, as siblings, with the columns that are selected.

    `path` leads from the field to the rows' own selection (`"edges", "node"`); `also` names further columns to read;
    `is_public` says that the caller has applied the public rule (a slice can't be filtered any more). `mark` is
    called with each row before anything below it is loaded.
    Rows of the base Page model come back as instances of their own page types.
    """
    selection = selection_of(info).below(*path)
    return (yield from read_selected(queryset, info, selection, also=also, is_public=is_public, mark=mark))


def read_selected(
    queryset: QuerySet,
    info: GraphQLResolveInfo,
    selection: Selection,
    *,
    also: Iterable[str] = (),
    is_public: bool = False,
    mark: Callable[[Any], None] | None = None,
) -> Load:
    """As `read`, for a selection that the caller knows."""
    if not is_public:
        queryset = public(queryset, info.context.rule)
    if queryset.model is Page:
        rows = bind((yield from _specific(queryset, selection)))
    else:
        rows = bind((yield _narrow(queryset, selection, also)))
    for row in rows if mark else ():
        mark(row)
    ahead(rows, selection.nodes, info)
    return rows


def by_pk(model: type[Model], pks: Iterable[Any], info: GraphQLResolveInfo, *path: str) -> Load:
    """The public objects of a model with these primary keys, by key; no statement where there are no keys."""
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    manager = model._base_manager if not issubclass(model, Page) else model.objects
    rows = yield from read(manager.filter(pk__in=wanted).order_by(), info, *path)
    return {each.pk: each for each in rows}


def page_paths(pks: Iterable[int | None], info: GraphQLResolveInfo) -> Load:
    """The paths of public pages within the site, by primary key; pages of no site are left out."""
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    pages = public(Page.objects.filter(pk__in=wanted).order_by(), info.context.rule)
    rows = yield pages.only("url_path")
    return {page.pk: path for page in rows if (path := info.context.sites.path(page))}


def _narrow(queryset: QuerySet, selection: Selection, also: Iterable[str] = ()) -> QuerySet:
    columns = selection.columns(queryset.model)
    return queryset if columns is None else queryset.only(*columns, *also)


def _specific(queryset: QuerySet, selection: Selection) -> Load:
    # The tables of page types are read only where something is selected that the table of all pages lacks.
    rows = yield queryset.defer(*SELDOM)
    by_type: dict[type[Page], list[Page]] = defaultdict(list)
    for row in rows:
        by_type[ContentType.objects.get_for_id(row.content_type_id).model_class() or Page].append(row)
    found: dict[int, Page] = {}
    wider: list[QuerySet] = []
    for model, pages in by_type.items():
        if _is_shared(model, selection):
            found |= {page.pk: _cast(page, model) for page in pages}
        else:
            wider.append(_narrow(model.objects.filter(pk__in=[page.pk for page in pages]), selection))
    for pages in (yield wider) if wider else ():
        found |= {page.pk: page for page in pages}
    return [found[row.pk] for row in rows if row.pk in found]


def _is_shared(model: type[Page], selection: Selection) -> bool:
    shared = {field.name for field in Page._meta.concrete_fields}.difference(SELDOM)
    columns = selection.columns(model)
    return model is Page or (columns is not None and shared.issuperset(columns))


def _cast(page: Page, model: type[Page]) -> Page:
    if model is Page:
        return page
    values = {name: value for name, value in page.__dict__.items() if name != "_state"}
    specific = model.__new__(model)
    specific.__dict__.update(values, page_ptr_id=page.pk)
    specific._state = page._state
    return specific
