"""Menus as readers see them.

Items whose pages are not public are left out, and what stands below them; so are headings with nothing below them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings as django_settings
from wagtail.models import Page

from cms.content.clusters import is_in_memory
from cms.content.links import safe_address
from cms.content.visibility import public
from cms.graphql.execution.loading import Context, LoadGenerator, having_any, public_rows
from cms.graphql.schema.locales import in_language
from home.models import FooterItem, MenuItem, MenuSubitem, SiteSettings
from home.models.menus import MenuLink


@dataclass
class MenuEntry:
    """An item of a menu, its address found; a heading has none."""

    title: str
    url: str | None
    open_in_new_tab: bool
    children: list[MenuEntry] = field(default_factory=list)


#: A key of settings, an item of a menu and what stands below it.
Line = tuple[Any, MenuLink, list[MenuSubitem]]


def main_menus(
    settings: dict[Any, SiteSettings], context: Context, locale: str | None = None
) -> LoadGenerator:
    """The main menus of several sites, by the keys of `settings`; two steps for however many, three with `locale`."""
    drafts, keys = _split(settings)
    items, subitems = yield [
        context.wanted(having_any(MenuItem, "settings", keys, *MenuItem._meta.ordering)),
        context.wanted(having_any(MenuSubitem, "item__settings", keys, *MenuSubitem._meta.ordering)),
    ]
    below: dict[Any, list[MenuSubitem]] = defaultdict(list)
    for subitem in subitems:
        below[subitem.item_id].append(subitem)
    lines = [(item.settings_id, item, below[item.pk]) for item in items]
    lines += [
        (draft.pk, item, _in_order(item.subitems))
        for draft in drafts
        for item in _in_order(draft.main_menu_items)
    ]
    return (yield from _menus(settings, lines, context, locale))


def footer_menus(
    settings: dict[Any, SiteSettings], context: Context, locale: str | None = None
) -> LoadGenerator:
    """The footer menus of several sites, by the keys of `settings`."""
    drafts, keys = _split(settings)
    items = yield context.wanted(having_any(FooterItem, "settings", keys, *FooterItem._meta.ordering))
    lines: list[Line] = [(item.settings_id, item, []) for item in items]
    lines += [(draft.pk, item, []) for draft in drafts for item in _in_order(draft.footer_menu_items)]
    return (yield from _menus(settings, lines, context, locale))


def _split(settings: dict[Any, SiteSettings]) -> tuple[list[SiteSettings], list[Any]]:
    """The settings that are being written, whose items are in memory, and the keys of those that are saved."""
    rows = settings.values()
    drafts = [row for row in rows if is_in_memory(row, "main_menu_items")]
    return drafts, [row.pk for row in rows if row not in drafts]


def _in_order(items: Any) -> list[Any]:
    return sorted(items.all(), key=lambda item: item.sort_order or 0)


def _menus(
    settings: dict[Any, SiteSettings], lines: list[Line], context: Context, locale: str | None
) -> LoadGenerator:
    links = [link for _key, item, below in lines for link in (item, *below)]
    pages = yield from (_translated(links, context, locale) if locale else _pages(links, context))
    # The titles of addresses are in the first language.
    with_addresses = locale in (None, django_settings.LANGUAGE_CODE)
    menus: dict[Any, list[MenuEntry]] = defaultdict(list)
    for key, item, below in lines:
        if entry := _entry(item, pages, context, with_addresses):
            found = [_entry(subitem, pages, context, with_addresses) for subitem in below]
            entry.children = [each for each in found if each]
            if entry.children or not item.is_heading:
                menus[key].append(entry)
    return {key: menus[row.pk] for key, row in settings.items()}


def _pages(links: list[MenuLink], context: Context, *columns: str) -> LoadGenerator:
    keys = {link.page_id for link in links if link.page_id}
    rows = yield public_rows(having_any(Page, "pk", keys), context, "title", "url_path", *columns)
    return {page.pk: page for page in rows}


def _translated(links: list[MenuLink], context: Context, locale: str) -> LoadGenerator:
    """The public page in one language for each that is linked to and has one, by the key of the linked page."""
    pages = yield from _pages(links, context, "translation_key")
    keys = {page.translation_key for page in pages.values()}
    rows = yield public(in_language(Page.objects.filter(translation_key__in=keys), locale), context.rule)
    found = {page.translation_key: page for page in rows}
    return {pk: found[page.translation_key] for pk, page in pages.items() if page.translation_key in found}


def _entry(
    link: MenuLink, pages: dict[int, Page], context: Context, with_addresses: bool
) -> MenuEntry | None:
    if link.is_heading:
        # In every language: without it, what stands below it would be gone.
        return MenuEntry(link.title, None, open_in_new_tab=False)
    if link.page_id is None:
        url = safe_address(link.url) if with_addresses else None
        return MenuEntry(link.title, url, link.open_in_new_tab) if url else None
    page = pages.get(link.page_id)
    path = context.sites.path(page) if page else None
    if path is None:
        return None
    # An editor's own title is in the language of the page that was chosen.
    own = link.title if page.pk == link.page_id else ""
    return MenuEntry(own or page.title, path, link.open_in_new_tab)
