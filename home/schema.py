"""The portal in GraphQL: the home page, what a site says of itself, and menus."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.models import Site

from cms.graphql.execution.loading import LoadGenerator, attach_batch, batch_of, having_any, memoize
from cms.graphql.schema.enums import word_enum
from cms.graphql.schema.fields import Address, Batched, Children, Computed, Link, fields_of
from cms.graphql.schema.locales import locale_argument
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.blocks import Blocks
from cms.media.models import Image
from cms.search.registry import searchable, stream_text
from home.menus import footer_menus, main_menus
from home.models import HomePage, SiteSettings, SiteTranslation, SocialLink
from home.translations import translations

SAID_IN = "In this language, e.g. en, where the site says it in it; else, and if left out, in its first."
LEADS_TO = (
    "Only items that lead to pages in this language, e.g. en, or to pages with a translation into it: that is then "
    "where they lead, by its title. Addresses are kept in the site's first language alone."
)

searchable(HomePage, "HOME", "Home page", text=lambda page: stream_text(page, "sections"))


@fields_of(HomePage)
class HomePageFields:
    sections = Blocks("sections", description="What stands on the page, in order.")


@fields_of(SocialLink)
class SocialLinkFields:
    platform = Computed(
        word_enum(
            "SocialPlatform",
            "A social network.",
            {value: f"{label}." for value, label in SocialLink.Platform.choices},
        ),
        required=True,
        description="The social network.",
    )
    url = Address(required=True, description="Address of the portal there.")


@fields_of(SiteSettings)
class SiteSettingsFields:
    name = Computed(graphene.String, required=True, description="Name of the portal.")
    organization = Computed(graphene.String, required=True, description="Who runs it.")
    hotline = Computed(graphene.String, required=True, description="Telephone number for citizens.")
    address = Computed(graphene.String, required=True, description="Postal address.")
    email = Computed(graphene.String, required=True, description="E-mail address.")
    copyright = Computed(graphene.String, required=True, description="Line at the foot of each page.")
    responsible = Computed(graphene.String, required=True, description="Who is responsible for the content.")
    licence = Computed(graphene.String, required=True, description="The licence of the portal.")
    source_note = Computed(
        graphene.String, required=True, description="What whoever publishes content again has to say."
    )
    logo = Link("logo", description="The portal's logo.")
    social_links = Children("social_links", description="The portal at social networks.")


def settings_of(sites: list[Site], info: GraphQLResolveInfo) -> LoadGenerator:
    """The settings of each site, all siblings, in one statement."""
    group, _peers = batch_of(sites[0])
    return (yield from memoize(group.loaded, "settings", lambda: _settings(sites, info)))


def _settings(sites: list[Site], info: GraphQLResolveInfo) -> LoadGenerator:
    asked = having_any(SiteSettings, "site", [site.pk for site in sites])
    found = {row.site_id: row for row in (yield info.context.wanted(asked))}
    # What an editor is writing stands in for what is saved.
    drafts = [getattr(site, "setting_draft", None) for site in sites]
    found |= {draft.site_id: draft for draft in drafts if isinstance(draft, SiteSettings)}
    attach_batch(list(found.values()))
    return found


def _setting(name: str, description: str) -> Batched:
    def load(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> LoadGenerator:
        found = yield from settings_of(sites, info)
        said = (yield from translations(found, info.context, locale)) if locale else {}
        return {pk: getattr(said.get(pk), name, "") or getattr(row, name) for pk, row in found.items()}

    in_languages = name in SiteTranslation.TEXTS
    return Batched(
        graphene.String,
        load=load,
        empty="",
        columns=[],
        required=True,
        args={"locale": locale_argument(SAID_IN)} if in_languages else {},
        description=description,
    )


def logos(sites: list[Site], info: GraphQLResolveInfo) -> LoadGenerator:
    """The logo of each site."""
    return (yield from _through_settings(SiteSettingsFields.logo, sites, info))


def social_links(sites: list[Site], info: GraphQLResolveInfo) -> LoadGenerator:
    """The social networks of each site."""
    return (yield from _through_settings(SiteSettingsFields.social_links, sites, info))


def _through_settings(field: Batched, sites: list[Site], info: GraphQLResolveInfo) -> LoadGenerator:
    found = yield from settings_of(sites, info)
    values = (yield from field.load(list(found.values()), info)) if found else {}
    return {pk: values.get(row.pk) for pk, row in found.items()}


class MenuItem(graphene.ObjectType):
    """An item of a menu."""

    title = graphene.String(required=True, description="What it says.")
    url = graphene.String(
        description="Where it leads: a path within the site, or an address. Null for a heading of the items below it."
    )
    open_in_new_tab = graphene.Boolean(required=True, description="Whether it opens in a new tab.")
    children = graphene.List(
        graphene.NonNull(lambda: MenuItem),
        required=True,
        description="The items below it; a menu has two levels.",
    )


def main_menu(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> LoadGenerator:
    """The main menu of each site."""
    return (yield from main_menus((yield from settings_of(sites, info)), info.context, locale))


def footer_menu(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> LoadGenerator:
    """The footer's menu of each site."""
    return (yield from footer_menus((yield from settings_of(sites, info)), info.context, locale))


def _menu_of(load: Any, description: str) -> Batched:
    items = graphene.List(graphene.NonNull(MenuItem))
    return Batched(
        items,
        load=load,
        empty=[],
        columns=[],
        required=True,
        args={"locale": locale_argument(LEADS_TO)},
        description=description,
    )


@fields_of(Site)
class SiteFields:
    name = _setting("name", "Name of the portal.")
    organization = _setting("organization", "Who runs the portal.")
    hotline = _setting("hotline", "Telephone number for citizens.")
    address = _setting("address", "Postal address.")
    email = _setting("email", "E-mail address.")
    copyright = _setting("copyright", "Line at the foot of each page.")
    responsible = _setting("responsible", "Who is responsible for the content: name and office.")
    licence = _setting("licence", "The licence of the portal: its number, day and issuer.")
    source_note = _setting("source_note", "What whoever publishes content again has to say.")
    logo = Batched(lambda: type_of(Image), load=logos, columns=[], description="The portal's logo.")
    social_links = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(SocialLink)))),
        load=social_links,
        empty=[],
        columns=[],
        description="The portal at social networks.",
    )
    main_menu = _menu_of(main_menu, "The main menu: items that lead to public pages or elsewhere.")
    footer_menu = _menu_of(footer_menu, "The menu at the foot of each page.")
