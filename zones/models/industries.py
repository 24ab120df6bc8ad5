from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.content.trashed import Trashable


class Industry(Trashable, index.Indexed, models.Model):
    """A line of business that zones take."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    graphql_fields = [
        GraphQLString("name", required=True, description="Name of the industry."),
        GraphQLString("slug", required=True, description="Short name, for addresses and filters."),
    ]

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("id"),  # lists search among what their filters leave
        index.FilterField("is_trashed"),
    ]

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
