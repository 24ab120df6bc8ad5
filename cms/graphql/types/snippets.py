"""`snippets`, `setting` and `settings`, under wagtail-grapple's names, for public content and one site."""

from __future__ import annotations

from functools import cache
from typing import Any

import graphene
from django.db.models import Model
from graphql import GraphQLResolveInfo
from grapple.registry import registry
from grapple.types.interfaces import get_snippet_interface
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Site

from cms.content.visibility import public
from cms.graphql.errors import BadInput
from cms.graphql.loading import bind, read
from cms.graphql.pagelists import window
from cms.graphql.roots import root_query
from cms.graphql.scalars import PositiveInt

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


def _settings(info: GraphQLResolveInfo, name: str | None, hostname: str | None) -> list[Model]:
    site = info.context.sites.by_hostname(hostname) if hostname else info.context.sites.current
    if hostname and site is None:
        raise BadInput(f"No site has the host name {hostname!r}.", code="UNKNOWN_SITE", field="site")
    models = [model for model in registry.settings if not name or model.__name__.lower() == name.lower()]
    return [found for model in models if (found := _of_site(model, site)) is not None]


def _of_site(model: type[Model], site: Site | None) -> Model | None:
    rows = model.objects.filter(site=site) if issubclass(model, BaseSiteSetting) else model.objects.all()
    return next(iter(bind(list(rows[:1]))), None)


@root_query
class SnippetQueries:
    snippets = graphene.Field(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(get_snippet_interface()))),
        limit=PositiveInt(description="How many at the most: 10 if left out, 100 at the most."),
        offset=PositiveInt(description="How many to pass over."),
        description="Public content that several pages share, type by type.",
    )
    setting = graphene.Field(
        lambda: settings_type(),
        name=graphene.String(description=NAME),
        site=graphene.String(description="Host name of a site; the current one if left out."),
        description="One group of a site's settings; null where there is none.",
    )
    settings = graphene.Field(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(settings_type()))),
        name=graphene.String(description=NAME),
        site=graphene.String(description="Host name of a site; the current one if left out."),
        description="The settings of a site.",
    )

    def resolve_snippets(root: Any, info: GraphQLResolveInfo, **args: Any) -> list[Model]:
        start, end = window(args.get("limit"), args.get("offset"))
        found: list[Model] = []
        for model in registry.snippets:
            rows = public(model.objects.order_by("pk"), info.context.rule)
            found += read(rows[: end - len(found)], info, is_public=True) if len(found) < end else []
        return found[start:end]

    def resolve_setting(root: Any, info: GraphQLResolveInfo, **args: Any) -> Model | None:
        return next(iter(_settings(info, args.get("name"), args.get("site"))), None)

    def resolve_settings(root: Any, info: GraphQLResolveInfo, **args: Any) -> list[Model]:
        return _settings(info, args.get("name"), args.get("site"))
