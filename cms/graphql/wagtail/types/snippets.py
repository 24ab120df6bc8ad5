"""`snippets`, `setting` and `settings`, under wagtail-grapple's names, for public content and one site."""

from __future__ import annotations

from functools import cache
from typing import Any

import graphene
from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from grapple.registry import registry
from grapple.types.interfaces import get_snippet_interface
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from cms.content.visibility import public
from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.loading import read
from cms.graphql.execution.planner import prefetch
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import selection_of
from cms.graphql.schema.fields import Root
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.scalars import PositiveInt
from cms.graphql.schema.sites import named_site, of_site, one_of_several
from cms.graphql.wagtail.page_lists import offset_window

NAME = "Only the setting whose model has this name, e.g. SiteSettings."


@cache
def settings_type() -> type[graphene.Union]:
    """The union of all settings that models declare; to be called when the schema is built."""

    class SettingsObjectType(graphene.Union):
        """A group of settings of a site."""

        class Meta:
            types = registry.settings.types

        @classmethod
        def resolve_type(cls, instance: Model, info: GraphQLResolveInfo) -> Any:
            return registry.settings[type(instance)]

    return SettingsObjectType


def settings(info: GraphQLResolveInfo, *, name: str | None = None, site: str | None = None) -> LoadGenerator:
    """The groups of settings of a site."""
    of = named_site(site, info) if site else info.context.sites.current
    models = [model for model in registry.settings if not name or model.__name__.lower() == name.lower()]
    found = yield [_of_site(model, of) for model in models]
    for rows in found:
        prefetch(attach_batch(rows), selection_of(info).nodes, info)
    return [row for rows in found for row in rows]


def setting(info: GraphQLResolveInfo, *, name: str | None = None, site: str | None = None) -> LoadGenerator:
    """The first of the groups of settings of a site."""
    return next(iter((yield from settings(info, name=name, site=site))), None)


def _of_site(model: type[Model], site: Site | None) -> QuerySet:
    rows = model._default_manager.all()
    return (rows.filter(site=site) if issubclass(model, BaseSiteSetting) else rows)[:1]


def snippets(
    info: GraphQLResolveInfo, *, limit: int | None = None, offset: int | None = None
) -> LoadGenerator:
    """A part of the public snippets, type by type."""
    start, end = offset_window(limit, offset)
    site = one_of_several(info)
    found: list[Model] = []
    for model in registry.snippets:
        if len(found) < end:
            rows = public(model._default_manager.order_by("pk"), info.context.rule)
            if any(field.name == "site" for field in model._meta.fields):
                rows = of_site(rows, "site", site and site.pk)
            found += yield from read(rows[: end - len(found)], info, is_public=True)
    return found[start:end]


@root_query
class SnippetQueries:
    snippets = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(get_snippet_interface()))),
        load=snippets,
        limit=PositiveInt(description="How many at the most: 10 if left out, 100 at the most."),
        offset=PositiveInt(description="How many to pass over."),
        description="Public content that several pages share, type by type.",
    )
    setting = Root(
        lambda: settings_type(),
        load=setting,
        name=graphene.String(description=NAME),
        site=graphene.String(description="Host name of a site; the current one if left out."),
        description="One group of a site's settings; null where there is none.",
    )
    settings = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(settings_type()))),
        load=settings,
        name=graphene.String(description=NAME),
        site=graphene.String(description="Host name of a site; the current one if left out."),
        description="The settings of a site.",
    )
