"""Pages in a second language, as editors make them: translations of pages, each below the translation of its parent."""

from __future__ import annotations

from typing import Any

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page

TITLES = {"home.homepage": ("Home", "home-en"), "articles.articleindexpage": ("News", "news")}


def in_english(page: Page, **fields: Any) -> Any:
    """The public English translation of a page, with these fields; those of its ancestors are made with it."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    if found := page.get_translation_or_none(locale):
        return found.specific
    parent = page.get_parent().specific
    if not parent.is_root():
        in_english(parent)
    copy = page.copy_for_translation(locale).specific
    title, slug = TITLES.get(page._meta.label_lower, (page.title, page.slug))
    for name, value in {"title": title, "slug": slug, **fields}.items():
        setattr(copy, name, value)
    # As a form publishes, and so with what was stored before forms asked for more.
    PublishPageRevisionAction(copy.save_revision()).execute(skip_permission_checks=True)
    return type(copy).objects.get(pk=copy.pk)
