"""Names for what an answer is made of, and for what a change touches.

page:12                          a row; any page, whatever its type, and what only belongs to it
list:articles.ArticlePage        who is in lists of that model, and where in the tree
list:articles.ArticlePage.title  a column that such lists may be filtered or ordered by
translations:0190...             which pages are translations of each other, and where they are; drafts, too
any:articles_articlepage         anything in that table; for who reads it without saying what
table:articles_articlepage       rows of that table, nobody knows which; every answer with one of them has this tag
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.models import Page


def row(model: type[Model], pk: object) -> str:
    """The tag of a row."""
    return f"{_kind(model)}:{pk}"


def listed(model: type[Model]) -> str:
    """The tag of who is in lists of a model."""
    return f"list:{model._meta.label}"


def column(model: type[Model], name: str) -> str:
    """The tag of a column that lists of a model go by."""
    return f"list:{model._meta.label}.{name}"


def translations(key: object) -> str:
    """The tag of the pages with this translation key: which there are, their languages and addresses."""
    return f"translations:{UUID(str(key)).hex}"


def table(name: str) -> str:
    """The tag of all rows of a table."""
    return f"table:{name}"


def any_row(name: str) -> str:
    """The tag of anything in a table."""
    return f"any:{name}"


@cache
def _kind(model: type[Model]) -> str:
    if issubclass(model, Page):
        return "page"
    # Wagtail's own models of these names are there too, with nothing in them.
    for name, used in (("image", get_image_model()), ("document", get_document_model())):
        if model is used:
            return name
    names = Counter(each._meta.model_name for each in apps.get_models(include_auto_created=True))
    name = model._meta.label_lower.rpartition(".")[2]
    return name if names[name] == 1 else model._meta.label_lower


@cache
def owner_of(model: type[Model]) -> tuple[str, type[Model]] | None:
    """The column and the model of what a row belongs to, where it is nothing without it: a child of a cluster, a
    rendition of an image, a row of a many-to-many relation (its source), or what `cache_owner` names."""
    field = _owner_field(model)
    if field is None:
        return None
    above = owner_of(field.related_model)
    # The owner of an owner would have to be read: such a row has a tag of its own.
    return None if above else (field.attname, field.related_model)


def _owner_field(model: type[Model]) -> ForeignKey | None:
    fields = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    if named := getattr(model, "cache_owner", None):
        return next(field for field in fields if field.name == named)
    if issubclass(model, AbstractRendition):
        return next(field for field in fields if field.name == "image")
    if model._meta.auto_created:
        return fields[0] if fields else None
    return next((field for field in fields if isinstance(field, ParentalKey)), None)
