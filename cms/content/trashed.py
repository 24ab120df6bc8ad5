"""Where pages and files lie that were deleted and can come back: below a second root of each tree.

Roles have their permissions below the first root, so nobody finds them in the page tree, in a list or a chooser. A
restriction on the second root, which nobody passes, closes them to readers: the public rule needs no other condition.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

#: The path that Wagtail's migrations give the root of all pages, and of all collections.
FIRST_ROOT = "0001"
NAME = "Thùng rác"
SLUG = "thung-rac"
#: No site's path: a page in the trash has no address, whatever its slug.
URL_PATH = "/.thung-rac/"


def page_bin() -> Page | None:
    """The root of trashed pages; None before anything was deleted."""
    return _second_root(Page)


def file_bin() -> Collection | None:
    """The root collection of trashed images and documents; None before anything was deleted."""
    return _second_root(Collection)


def made_page_bin() -> Page:
    """The same, made where there is none; in a transaction that holds `lock_content`."""
    if found := page_bin():
        return found
    made = Page.add_root(instance=Page(title=NAME, slug=SLUG, live=False))
    Page.objects.filter(pk=made.pk).update(url_path=URL_PATH)
    PageViewRestriction.objects.create(page=made, restriction_type=PageViewRestriction.GROUPS)
    return Page.objects.get(pk=made.pk)


def made_file_bin() -> Collection:
    """The same, made where there is none; in a transaction that holds `lock_content`."""
    if found := file_bin():
        return found
    made = Collection.add_root(name=NAME)
    CollectionViewRestriction.objects.create(
        collection=made, restriction_type=CollectionViewRestriction.GROUPS
    )
    return made


def is_trashed(page: Page) -> bool:
    """Whether a page, or what it lies below, was deleted."""
    return bool(page.path) and not page.path.startswith(FIRST_ROOT)


def without_trashed(queryset: QuerySet) -> QuerySet:
    """`queryset` of any model without those: for lists of superusers, who may see everything."""
    if issubclass(queryset.model, Page):
        return queryset.filter(path__startswith=FIRST_ROOT)
    if any(field.name == "collection" for field in queryset.model._meta.fields):
        # By key: lists are searched, and the search backend knows no columns of collections.
        return queryset.filter(collection__in=Collection.objects.filter(path__startswith=FIRST_ROOT))
    return queryset


def _second_root(model: Any) -> Any:
    return model.objects.filter(depth=1).exclude(path=FIRST_ROOT).first()
