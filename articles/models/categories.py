from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.search import index

from cms.content.trashed import Trashable


class ArticleCategory(Trashable, index.Indexed, models.Model):
    """A section of the news, such as investment or administrative procedures."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), unique=True, help_text=_("Part of the address of the section's list."))
    description = models.TextField(_("description"), blank=True)

    panels = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug"), FieldPanel("description")]

    graphql_fields = [
        GraphQLString("name", required=True, description="Name of the section."),
        GraphQLString("slug", required=True, description="Short name, for addresses and filters."),
        GraphQLString("description", required=True, description="What the section is about; may be empty."),
    ]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("id"),  # lists search among what their filters leave
        index.FilterField("is_trashed"),
    ]

    class Meta:
        verbose_name = _("article category")
        verbose_name_plural = _("article categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
