"""Menus as readers see them: items whose pages are not public are left out, and what stands below them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from cms.content.visibility import public
from cms.graphql.context import Context
from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings
from home.models.menus import MenuLink


@dataclass
class MenuEntry:
    """An item of a menu, its address found."""

    title: str
    url: str
    open_in_new_tab: bool
    children: list[MenuEntry] = field(default_factory=list)


def main_menus(settings: dict[Any, SiteSettings], context: Context) -> dict[Any, list[MenuEntry]]:
    """The main menus of several sites, by the keys of `settings`; three statements for however many."""
    items = list(MenuItem.objects.filter(settings__in=[row.pk for row in settings.values()]))
    subitems = list(MenuSubitem.objects.filter(item__in=[item.pk for item in items])) if items else []
    pages = _pages([*items, *subitems], context)
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


def footer_menus(settings: dict[Any, SiteSettings], context: Context) -> dict[Any, list[MenuEntry]]:
    """The footer menus of several sites, by the keys of `settings`."""
    items = list(FooterItem.objects.filter(settings__in=[row.pk for row in settings.values()]))
    pages = _pages(items, context)
    menus: dict[Any, list[MenuEntry]] = defaultdict(list)
    for item in items:
        if entry := _entry(item, pages, context):
            menus[item.settings_id].append(entry)
    return {key: menus[row.pk] for key, row in settings.items()}


def _pages(links: list[MenuLink], context: Context) -> dict[int, Page]:
    keys = {link.page_id for link in links if link.page_id}
    rows = public(Page.objects.filter(pk__in=keys), context.rule).only("title", "url_path") if keys else ()
    return {page.pk: page for page in rows}


def _entry(link: MenuLink, pages: dict[int, Page], context: Context) -> MenuEntry | None:
    if link.page_id is None:
        return MenuEntry(link.title, link.url, link.open_in_new_tab)
    page = pages.get(link.page_id)
    path = context.sites.path(page) if page else None
    return MenuEntry(link.title or page.title, path, link.open_in_new_tab) if path else None
