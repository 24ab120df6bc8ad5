"""`routes`: every public address of the site, for a frontend's routes and its sitemap."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import graphene
from django.conf import settings
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.content.visibility import public
from cms.graphql.execution.loading import model_of
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.schema.enums import Language, word_enum
from cms.graphql.schema.fields import Batched
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.sites import within
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.seo import images_of_any

MAX_ROUTES = 500

RouteOrder = order_enum(
    "RouteOrder", "How routes are ordered.", TREE=(["path"], "As in the page tree, parents first.")
)


#: Of https://www.sitemaps.org/protocol.html; page types have one as `change_frequency`.
ChangeFrequency = word_enum(
    "ChangeFrequency",
    "How often a page is likely to change.",
    {
        "always": "Each time that it is read.",
        **{word: f"{word.capitalize()}." for word in ("hourly", "daily", "weekly", "monthly", "yearly")},
        "never": "It is an archive's.",
    },
)


class Alternate(graphene.ObjectType):
    """The same content in a language."""

    locale = graphene.Field(Language, required=True, description="Language code.")
    url = graphene.String(description="Path within the site.")


def alternates(pages: list[Page], info: GraphQLResolveInfo) -> LoadGenerator:
    """All languages of each page, itself included; none for a page in one language."""
    keys = {page.translation_key for page in pages}
    rows = public(Page.objects.filter(translation_key__in=keys), info.context.rule)
    # A language that was taken out of the settings has no pages to lead to.
    rows = rows.filter(locale__language_code__in=[code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES])
    by_key: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in (
        yield rows.select_related("locale")
        .only("translation_key", "url_path", "locale")
        .order_by("locale__language_code")
    ):
        by_key[row.translation_key].append(
            {"locale": row.locale.language_code, "url": info.context.sites.path(row)}
        )
    return {page.pk: found for page in pages if len(found := by_key[page.translation_key]) > 1}


class Route(graphene.ObjectType):
    """A public address."""

    url = graphene.String(required=True, description="Path within the site.")
    content_type = graphene.String(required=True, description="The page's type as `app.Model`.")
    last_published_at = graphene.DateTime(description="When the page was last published.")
    alternates = Batched(
        graphene.List(graphene.NonNull(Alternate)),
        load=alternates,
        empty=[],
        required=True,
        description="The page in all its languages; empty where it is in one.",
    )
    change_frequency = graphene.Field(
        ChangeFrequency, required=True, description="How often it changes, as sitemaps say it."
    )

    image = Batched(
        lambda: type_of(get_image_model()),
        load=images_of_any,
        description="The picture shown when the page is shared.",
    )

    def resolve_url(page: Page, info: GraphQLResolveInfo) -> str:
        return info.context.sites.path(page)

    def resolve_content_type(page: Page, info: GraphQLResolveInfo) -> str:
        return model_of(page)._meta.label

    def resolve_change_frequency(page: Page, info: GraphQLResolveInfo) -> str:
        return getattr(model_of(page), "change_frequency", "weekly")


def pages_of_site(info: GraphQLResolveInfo) -> QuerySet:
    """Pages of the current site, in all its languages."""
    return within(Page.objects.all(), tuple(root.path for root in info.context.sites.roots()))


@root_query
class RouteQueries:
    routes = Connection(
        "wagtailcore.Page",
        node=Route,
        order=RouteOrder,
        rows=pages_of_site,
        page_size=MAX_ROUTES,
        max_page_size=MAX_ROUTES,
        description="Every public address of the current site.",
    )
