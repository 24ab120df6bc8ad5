"""Where content lies that was deleted and can come back.

Pages and files lie below a second root of each tree. Roles have their permissions below the first root, so nobody finds
them in the page tree, in a list or a chooser. A restriction on the second root, which nobody passes, closes them to
readers. Snippets have no tree: a column says it (`Trashable`), for which the public rule asks.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Collection, CollectionMember, CollectionViewRestriction, Page, PageViewRestriction

#: The path that Wagtail's migrations give the root of all pages, and of all collections.
FIRST_ROOT = "0001"
NAME = "Thùng rác"
SLUG = "thung-rac"
#: No site's path: a page in the trash has no address, whatever its slug.
URL_PATH = "/.thung-rac/"


class Trashable(models.Model):
    """Mixin of snippets. What is in the trash keeps its row, and so all that refers to it."""

    is_trashed = models.BooleanField(
        gettext_lazy("in the trash"), default=False, db_default=False, editable=False
    )

    class Meta:
        abstract = True

    @property
    def must_be_kept(self) -> bool:
        """Whether it stays in the trash for good, because something that depends on it is never deleted."""
        return False

    def unique_error_message(self, model_class: type[models.Model], unique_check: Any) -> ValidationError:
        """As Django's; where it is in the trash that has these values, it says so."""
        error = super().unique_error_message(model_class, unique_check)
        values = {name: getattr(self, name) for name in unique_check}
        if not model_class._base_manager.filter(is_trashed=True, **values).exists():
            return error
        labels = [str(self._meta.get_field(name).verbose_name) for name in unique_check]
        words = _("One with this %(fields)s is in the trash: restore it there, or have it deleted for good.")
        return ValidationError(words % {"fields": get_text_list(labels, _("and"))}, code=error.code)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Of models with revisions: what a revision says of the trash does not count."""
        draft = super().with_content_json(content)  # type: ignore[misc]  # of RevisionMixin
        draft.is_trashed = self.is_trashed
        return draft


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
    return closed_to_all(Collection.add_root(name=NAME))


def closed_to_all(collection: Collection) -> Collection:
    """`collection`, with a restriction that no reader passes."""
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    return collection


def is_trashed(content: models.Model) -> bool:
    """Whether a page, what it lies below, a file or a snippet was deleted."""
    if isinstance(content, Page):
        return bool(content.path) and not content.path.startswith(FIRST_ROOT)
    if isinstance(content, CollectionMember):
        return not content.collection.path.startswith(FIRST_ROOT)
    return isinstance(content, Trashable) and content.is_trashed


def without_trashed(queryset: QuerySet) -> QuerySet:
    """`queryset` of any model without those: for lists of superusers, who may see everything."""
    if issubclass(queryset.model, Page):
        return queryset.filter(path__startswith=FIRST_ROOT)
    if issubclass(queryset.model, Trashable):
        return queryset.filter(is_trashed=False)
    if any(field.name == "collection" for field in queryset.model._meta.fields):
        # By key: lists are searched, and the search backend knows no columns of collections.
        return queryset.filter(collection__in=Collection.objects.filter(path__startswith=FIRST_ROOT))
    return queryset


def _second_root(model: Any) -> Any:
    return model.objects.filter(depth=1).exclude(path=FIRST_ROOT).first()
