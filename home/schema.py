"""The portal in GraphQL: the home page, what a site says of itself, menus and visits."""

from __future__ import annotations

from datetime import date
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.models import Site

from cms.graphql.errors import BadInput
from cms.graphql.fields import Address, Batched, Blocks, Children, Computed, Link, Root, fields_of
from cms.graphql.languages import locale_argument
from cms.graphql.loading import having_any
from cms.graphql.roots import root_mutation, root_query
from cms.graphql.rounds import Load, once
from cms.graphql.siblings import bind, siblings_of
from cms.graphql.types import type_of
from cms.media.models import Image
from cms.operations.client_ip import client_ip
from cms.search.registry import searchable, stream_text
from home.menus import footer_menus, main_menus
from home.models import HomePage, SiteSettings, SiteTranslation, SocialLink
from home.translations import translations
from home.visits.bots import is_bot
from home.visits.figures import VisitFigures, daily, figures, online
from home.visits.recording import record_visit

SAID_IN = "In this language, e.g. en, where the site says it in it; else, and if left out, in its first."
LEADS_TO = (
    "Only items that lead to pages in this language, e.g. en, or to pages with a translation into it: that is then "
    "where they lead, by its title. Addresses are kept in the site's first language alone."
)
MAX_DAYS = 366
MAX_PATH = 2000

searchable(HomePage, "HOME", "Home page", text=lambda page: stream_text(page, "sections"))


@fields_of(HomePage)
class HomePageFields:
    sections = Blocks("sections", description="What stands on the page, in order.")


@fields_of(SocialLink)
class SocialLinkFields:
    platform = Computed(
        graphene.String, required=True, description="facebook, zalo, youtube, tiktok or linkedin."
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
    logo = Link("logo", description="The portal's logo.")
    social_links = Children("social_links", description="The portal at social networks.")


def settings_of(sites: list[Site], info: GraphQLResolveInfo) -> Load:
    """The settings of each site, all siblings, in one statement."""
    group, _peers = siblings_of(sites[0])
    return (yield from once(group.loaded, "settings", lambda: _settings(sites, info)))


def _settings(sites: list[Site], info: GraphQLResolveInfo) -> Load:
    asked = having_any(SiteSettings, "site", [site.pk for site in sites])
    found = {row.site_id: row for row in (yield info.context.wanted(asked))}
    # What an editor is writing stands in for what is saved.
    drafts = [getattr(site, "setting_draft", None) for site in sites]
    found |= {draft.site_id: draft for draft in drafts if isinstance(draft, SiteSettings)}
    bind(list(found.values()))
    return found


def _setting(name: str, description: str) -> Batched:
    def load(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> Load:
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


def logos(sites: list[Site], info: GraphQLResolveInfo) -> Load:
    """The logo of each site."""
    return (yield from _through_settings(SiteSettingsFields.logo, sites, info))


def social_links(sites: list[Site], info: GraphQLResolveInfo) -> Load:
    """The social networks of each site."""
    return (yield from _through_settings(SiteSettingsFields.social_links, sites, info))


def _through_settings(field: Batched, sites: list[Site], info: GraphQLResolveInfo) -> Load:
    found = yield from settings_of(sites, info)
    values = (yield from field.load(list(found.values()), info)) if found else {}
    return {pk: values.get(row.pk) for pk, row in found.items()}


class MenuItem(graphene.ObjectType):
    """An item of a menu."""

    title = graphene.String(required=True, description="What it says.")
    url = graphene.String(description="Where it leads: a path within the site, or an address.")
    open_in_new_tab = graphene.Boolean(required=True, description="Whether it opens in a new tab.")
    children = graphene.List(
        graphene.NonNull(lambda: MenuItem),
        required=True,
        description="The items below it; a menu has two levels.",
    )


def main_menu(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> Load:
    """The main menu of each site."""
    return (yield from main_menus((yield from settings_of(sites, info)), info.context, locale))


def footer_menu(sites: list[Site], info: GraphQLResolveInfo, *, locale: str | None = None) -> Load:
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


class DailyVisitsType(graphene.ObjectType):
    """Visits of one day."""

    class Meta:
        name = "DailyVisits"

    date = graphene.Date(required=True, description="The day, in Asia/Ho_Chi_Minh.")
    visits = graphene.Int(required=True, description="Page views.")
    visitors = graphene.Int(required=True, description="People, as far as they can be told apart.")


class VisitStatistics(graphene.ObjectType):
    """The visit counter. Days are those of Asia/Ho_Chi_Minh; weeks begin on Monday."""

    today = graphene.Int(required=True, description="Page views of today.")
    yesterday = graphene.Int(required=True, description="Page views of yesterday.")
    this_week = graphene.Int(required=True, description="Page views since Monday.")
    this_month = graphene.Int(required=True, description="Page views since the first of the month.")
    total = graphene.Int(required=True, description="Page views since the beginning.")
    online = graphene.Int(required=True, description="Visitors of the last five minutes.")
    daily = graphene.List(
        graphene.NonNull(DailyVisitsType),
        required=True,
        from_=graphene.Argument(graphene.Date, name="from", required=True, description="First day."),
        to=graphene.Argument(
            graphene.Date, required=True, description=f"Last day; at most {MAX_DAYS} days in all."
        ),
        description="Figures day by day.",
    )

    def resolve_online(root: VisitFigures, info: GraphQLResolveInfo) -> int:
        return online(info.context.now)

    def resolve_daily(root: VisitFigures, info: GraphQLResolveInfo, from_: date, to: date) -> list[Any]:
        if not 0 <= (to - from_).days < MAX_DAYS:
            raise BadInput(f"`from` to `to` is one day to {MAX_DAYS} days.", code="BAD_PERIOD", field="to")
        return daily(from_, to)


class RecordVisitInput(graphene.InputObjectType):
    """A page view."""

    path = graphene.String(required=True, description="Path of the page that is viewed, e.g. /tin-tuc/.")
    referrer = graphene.String(description="Address that the reader came from.")


class RecordVisitPayload(graphene.ObjectType):
    """The counter after a page view."""

    statistics = graphene.Field(VisitStatistics, required=True, description="The figures now.")


def visit_statistics(info: GraphQLResolveInfo) -> Load:
    """The figures of the visit counter."""
    info.context.volatile("visits")
    return (yield from figures(info.context.today, info.context.wanted))


@root_query
class VisitQueries:
    visit_statistics = Root(
        VisitStatistics, load=visit_statistics, required=True, description="The visit counter."
    )


@root_mutation
class VisitMutations:
    rate = "visit"

    record_visit = graphene.Field(
        RecordVisitPayload,
        required=True,
        input=graphene.Argument(RecordVisitInput, required=True, description="The page view."),
        description="Count a page view. Programs that name themselves as such are not counted.",
    )

    def resolve_record_visit(root: Any, info: GraphQLResolveInfo, input: Any) -> dict[str, Any]:
        if not input.path.startswith("/") or input.path.startswith("//") or len(input.path) > MAX_PATH:
            raise BadInput(
                "`path` is the path of a page: it begins with one slash.", code="BAD_PATH", field="path"
            )
        context = info.context
        # What can fail comes first: a reader who is told to try again was not counted yet.
        found = context.rounds.result(lambda: visit_statistics(info))
        agent = context.request.headers.get("User-Agent", "")
        if not is_bot(agent):
            record_visit(address=client_ip(context.request.META), user_agent=agent, now=context.now)
            found = found.with_views({context.today: 1}, context.today)
        return {"statistics": found}
