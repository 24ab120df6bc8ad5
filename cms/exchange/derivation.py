"""The columns of a model, told from its fields: what a form shows is what a record has."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from taggit.managers import TaggableManager
from wagtail import fields as wagtail_fields
from wagtail.models import DraftStateMixin, Page, Site

from cms.exchange import columns, structures
from cms.exchange.columns import Column, label_of
from cms.exchange.pictures import FileReferenceColumn, is_file_model

#: What Wagtail keeps about an object, and a resource says in other words, or not at all.
BOOKKEEPING = {
    *(field.name for model in (DraftStateMixin,) for field in model._meta.get_fields()),
    *("latest_revision", "locked", "locked_at", "locked_by", "owner", "wagtail_admin_comments", "comments"),
}
OF_PAGES = {"title", "slug", "seo_title", "search_description", "show_in_menus"}
KINDS: list[tuple[type[models.Field], type[Column]]] = [
    (models.BooleanField, columns.YesNoColumn),
    (models.IntegerField, columns.NumberColumn),
    (models.DecimalField, columns.NumberColumn),
    (models.FloatField, columns.NumberColumn),
    (models.DateTimeField, columns.MomentColumn),
    (models.DateField, columns.DateColumn),
    (wagtail_fields.StreamField, structures.StreamColumn),
    (wagtail_fields.RichTextField, structures.RichTextColumn),
    (models.JSONField, columns.JsonColumn),
    (models.CharField, columns.TextColumn),
    (models.TextField, columns.TextColumn),
]
WITH_FIELD = (columns.NumberColumn, columns.JsonColumn, structures.StreamColumn)


def columns_of(model: type[models.Model], *, without: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """The columns of all that an editor can write in an object of this model."""
    left_out = without | BOOKKEEPING
    found = [_column(field) for field in _fields(model) if field.name not in left_out]
    if issubclass(model, ClusterableModel):
        tagged = {each.through for each in model._meta.many_to_many if isinstance(each, TaggableManager)}
        found += [
            _children(relation)
            for relation in get_all_child_relations(model)
            if relation.related_model not in tagged and relation.get_accessor_name() not in left_out
        ]
    return tuple(column for column in found if column is not None)


def _fields(model: type[models.Model]) -> list[Any]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in fields if _is_written(field)]


def _is_written(field: Any) -> bool:
    if isinstance(field, GenericRelation) or field.primary_key or not field.editable:
        return False
    return field.model is not Page or field.name in OF_PAGES


def _column(field: Any) -> Column | None:
    label = label_of(field)
    if isinstance(field, TaggableManager):
        return structures.TagsColumn(field.name, label)
    if isinstance(field, models.ManyToManyField):
        return structures.ManyColumn(field.name, label, model=field.related_model)
    if isinstance(field, models.ForeignKey):
        return _reference(field, label)
    for kind, column in KINDS:
        if isinstance(field, kind):
            options = {"field": field} if issubclass(column, WITH_FIELD) else {}
            return column(field.name, label, can_be_empty=field.null or field.blank, **options)
    return None


def _reference(field: Any, label: Any) -> Column:
    if field.related_model is Site:
        return columns.SiteColumn(field.name, label)
    kind = FileReferenceColumn if is_file_model(field.related_model) else columns.ReferenceColumn
    return kind(field.name, label, model=field.related_model, is_required=not field.null)


def _children(relation: Any) -> Column:
    model, parent = relation.related_model, relation.field.name
    parts = columns_of(model, without=frozenset({parent, "sort_order"}))
    is_link = len(parts) == 1 and isinstance(parts[0], columns.ReferenceColumn)
    name = relation.get_accessor_name()
    label = model._meta.verbose_name_plural if not is_link else model._meta.verbose_name
    return structures.ChildrenColumn(name, label, is_flat=is_link, model=model, parent=parent, columns=parts)
