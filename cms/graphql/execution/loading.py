"""Reading for a level at a time.

Objects that were read together are a batch (`batch.py`): a field that leads elsewhere is loaded once for all of them,
and as soon as they are there (`planner.py`). So the number of statements depends on the shape of an operation and never
on its rows, in lists of lists, and in blocks as in pages.

The selection says which columns are read (`selection.py`); the public rule is applied here, to everything. The
functions here are generators, to be called with `yield from` (`scheduler.py`). Content apps import from here whatever
their loads need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.content.visibility import PublicRule, public
from cms.graphql.accelerators import is_on
from cms.graphql.execution.context import Context
from cms.graphql.execution.counts import counted
from cms.graphql.sql.multi_query import fetch

__all__ = [
    "MAX_PATH",
    "BindParam",
    "BoundQuery",
    "ByTree",
    "Context",
    "LoadGenerator",
    "QueryTemplate",
    "Selection",
    "all_of",
    "attach_batch",
    "batch_of",
    "batched",
    "bind_param",
    "bind_params",
    "by_pk",
    "compiled_queries",
    "counted",
    "fetch",
    "having_any",
    "keys_of_each",
    "memoize",
    "page_paths",
    "public_rows",
    "read",
    "read_selected",
    "register_expiry",
    "selection_of",
    "top_n_per_group",
]
from cms.graphql.execution.batch import attach_batch, batch_of
from cms.graphql.execution.planner import load_once, prefetch
from cms.graphql.execution.relations import MAX_PATH, ByTree, keys_of_each, top_n_per_group
from cms.graphql.execution.scheduler import LoadGenerator, Query, memoize
from cms.graphql.execution.selection import Selection, selection_of
from cms.graphql.sql.compiled import (
    BindParam,
    BoundQuery,
    QueryTemplate,
    bind_param,
    bind_params,
    compiled_queries,
)
from cms.graphql.sql.expiry import register_expiry

#: Columns of all pages but those that only few fields show.
BASE_PAGE_COLUMNS = tuple(
    field.name
    for field in Page._meta.concrete_fields
    if field.name not in {"search_description", "draft_title", "seo_title"}
)


def batched(
    instance: Any, info: GraphQLResolveInfo, load: Callable[..., Any], *, owner: type | None, args: dict
) -> Any:
    """What `load` has for an object; `load` runs once for all its siblings, however many ask."""
    group, peers = batch_of(instance, owner)
    return load_once(group.loaded, info, owner, lambda: load(peers, info, **args)).get(instance.pk)


def read(
    rows: QuerySet | QueryTemplate,
    info: GraphQLResolveInfo,
    *path: str,
    also: Iterable[str] = (),
    is_public: bool = False,
    mark: Callable[[Any], None] | None = None,
) -> LoadGenerator:
    """The public rows of a queryset or template, as a batch, with the columns that are selected.

    `path` leads from the field to the rows' own selection (`"edges", "node"`); `also` names further columns to read;
    `is_public` says that the caller has applied the public rule (a slice can't be filtered any more). `mark` is
    called with each row before anything below it is loaded.
    Rows of the base Page model come back as instances of their own page types.
    """
    selection = selection_of(info).below(*path)
    return (yield from read_selected(rows, info, selection, also=also, is_public=is_public, mark=mark))


def read_selected(
    rows: QuerySet | QueryTemplate,
    info: GraphQLResolveInfo,
    selection: Selection,
    *,
    also: Iterable[str] = (),
    is_public: bool = False,
    mark: Callable[[Any], None] | None = None,
) -> LoadGenerator:
    """As `read`, for a selection that the caller knows."""
    if rows.model is Page:
        found = yield from _specific(rows, info, selection, is_public)
    else:
        columns = selection.columns(rows.model)
        wanted = None if columns is None else (*columns, *also)
        found = yield _wanted(rows, info.context, wanted, is_public)
    attach_batch(found)
    if mark:
        for row in found:
            mark(row)
    prefetch(found, selection.nodes, info)
    return found


def _wanted(
    rows: QuerySet | QueryTemplate, context: Context, columns: tuple[str, ...] | None, is_public: bool = False
) -> Query:
    columns = columns if is_on("selected_columns") else None
    if isinstance(rows, QuerySet):
        return _narrow(rows if is_public else public(rows, context.rule), columns)

    def build(rule: PublicRule) -> QuerySet:
        return _narrow(rows.build(rule) if is_public else public(rows.build(rule), rule), columns)

    return context.wanted(rows, variant=(columns, is_public), build=build)


def _narrow(queryset: QuerySet, columns: tuple[str, ...] | None) -> QuerySet:
    return queryset if columns is None else queryset.only(*columns)


def having_any(
    model: type[Model], column: str, values: Iterable[Any], *order: str | Combinable
) -> QueryTemplate:
    """The rows of a model in whose `column` stands one of `values`."""

    def build(rule: PublicRule, model: type[Model] = model) -> QuerySet:
        manager = model._default_manager if issubclass(model, Page) else model._base_manager
        return manager.filter(**{f"{column}__any": bind_param("values")}).order_by(*order)

    return QueryTemplate((column, order), model, build, {"values": list(values)}, key_column=column)


def all_of(model: type[Model]) -> QueryTemplate:
    """All rows of a model, in its own order."""
    return QueryTemplate(("all",), model, lambda rule: model._default_manager.all())


def public_rows(rows: QueryTemplate, context: Context, *columns: str) -> Query:
    """The public rows of a template with these columns, to be yielded."""
    return _wanted(rows, context, columns)


def by_pk(model: type[Model], pks: Iterable[Any], info: GraphQLResolveInfo, *path: str) -> LoadGenerator:
    """The public objects of a model with these primary keys, by key; no statement where there are no keys."""
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    rows = yield from read(having_any(model, "pk", wanted), info, *path)
    return {each.pk: each for each in rows}


def page_paths(pks: Iterable[int | None], info: GraphQLResolveInfo) -> LoadGenerator:
    """The paths of public pages within the site, by primary key; pages of no site are left out."""
    wanted = {pk for pk in pks if pk is not None}
    if not wanted:
        return {}
    rows = yield public_rows(having_any(Page, "pk", wanted), info.context, "url_path")
    return {page.pk: path for page in rows if (path := info.context.sites.path(page))}


def model_of(page: Page) -> type[Page]:
    """The page's own model; Page where that is no longer installed."""
    return ContentType.objects.get_for_id(page.content_type_id).model_class() or Page


def _specific(
    pages: QuerySet | QueryTemplate, info: GraphQLResolveInfo, selection: Selection, is_public: bool
) -> LoadGenerator:
    # The tables of page types are read only where something is selected that the table of all pages lacks.
    likely = _likely(pages, selection)
    rows, *others = yield [
        _wanted(pages, info.context, BASE_PAGE_COLUMNS, is_public),
        *(_wanted(each, info.context, selection.columns(each.model), is_public) for each in likely),
    ]
    found: dict[int, Page] = {page.pk: page for group in others for page in group}
    by_type: dict[type[Page], list[Page]] = defaultdict(list)
    for row in rows:
        if row.pk not in found:
            by_type[model_of(row)].append(row)
    wider: list[Query] = []
    for model, group in by_type.items():
        if _is_shared(model, selection):
            found |= {page.pk: _cast(page, model) for page in group}
        else:
            keys = having_any(model, "pk", [page.pk for page in group])
            wider.append(_wanted(keys, info.context, selection.columns(model), True))
    for group in (yield wider) if wider else ():
        found |= {page.pk: page for page in group}
    return [found[row.pk] for row in rows if row.pk in found]


def _likely(pages: QuerySet | QueryTemplate, selection: Selection) -> list[QueryTemplate]:
    """The same rows as pages of the types that are selected from: one page is then read in one step, and not two."""
    if not isinstance(pages, QueryTemplate) or not pages.is_single:
        return []
    build: Callable[..., QuerySet] = pages.build
    names = selection.types()
    models = [model for model in page_types() if model.__name__ in names]
    return [
        replace(pages, model=model, build=partial(build, model=model))
        for model in models
        if not _is_shared(model, selection)
    ]


@cache
def page_types() -> list[type[Page]]:
    """The page types of this installation."""
    return [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]


def _is_shared(model: type[Page], selection: Selection) -> bool:
    columns = selection.columns(model)
    return model is Page or (columns is not None and set(BASE_PAGE_COLUMNS).issuperset(columns))


def _cast(page: Page, model: type[Page]) -> Page:
    if model is Page:
        return page
    values = {name: value for name, value in page.__dict__.items() if name != "_state"}
    specific = object.__new__(model)
    specific.__dict__.update(values, page_ptr_id=page.pk)
    specific._state = page._state
    return specific
