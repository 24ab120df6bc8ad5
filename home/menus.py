"""Menus as readers see them: items whose pages are not public are left out, and what stands below them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from cms.content.links import safe_address
from cms.graphql.context import Context
from cms.graphql.loading import having_any, public_rows
from cms.graphql.rounds import Load
from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings
from home.models.menus import MenuLink


@dataclass
class MenuEntry:
    """An item of a menu, its address found."""

    title: str
    url: str
    open_in_new_tab: bool
    children: list[MenuEntry] = field(default_factory=list)


def main_menus(settings: dict[Any, SiteSettings], context: Context) -> Load:
    """The main menus of several sites, by the keys of `settings`; two steps for however many."""
    keys = [row.pk for row in settings.values()]
    items, subitems = yield [
        context.wanted(having_any(MenuItem, "settings", keys, *MenuItem._meta.ordering)),
        context.wanted(having_any(MenuSubitem, "item__settings", keys, *MenuSubitem._meta.ordering)),
    ]
    pages = yield from _pages([*items, *subitems], context)
    below: dict[Any, list[MenuEntry]] = defaultdict(list)
    for subitem in subitems:
        if entry := _entry(subitem, pages, context):
            below[subitem.item_id].append(entry)
    menus: dict[Any, list[MenuEntry]] = defaultdict(list)
    for item in items:
        if entry := _entry(item, pages, context):
            entry.children = below[item.pk]
            menus[item.settings_id].append(entry)
    return {key: menus[row.pk] for key, row in settings.items()}


def footer_menus(settings: dict[Any, SiteSettings], context: Context) -> Load:
    """The footer menus of several sites, by the keys of `settings`."""
    keys = [row.pk for row in settings.values()]
    items = yield context.wanted(having_any(FooterItem, "settings", keys, *FooterItem._meta.ordering))
    pages = yield from _pages(items, context)
    menus: dict[Any, list[MenuEntry]] = defaultdict(list)
    for item in items:
        if entry := _entry(item, pages, context):
            menus[item.settings_id].append(entry)
    return {key: menus[row.pk] for key, row in settings.items()}


def _pages(links: list[MenuLink], context: Context) -> Load:
    keys = {link.page_id for link in links if link.page_id}
    rows = yield public_rows(having_any(Page, "pk", keys), context, "title", "url_path")
    return {page.pk: page for page in rows}


def _entry(link: MenuLink, pages: dict[int, Page], context: Context) -> MenuEntry | None:
    if link.page_id is None:
        url = safe_address(link.url)
        return MenuEntry(link.title, url, link.open_in_new_tab) if url else None
    page = pages.get(link.page_id)
    path = context.sites.path(page) if page else None
    return MenuEntry(link.title or page.title, path, link.open_in_new_tab) if path else None
