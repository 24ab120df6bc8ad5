"""Legal documents: written once, cited by articles, campaigns and whatever comes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms.content.trashed import Trashable
from cms.search.editors import folded_search_field


class LegalDocument(Trashable, index.Indexed, models.Model):
    """A decision, plan or decree that content rests on."""

    number = models.CharField(_("number"), max_length=100, help_text=_("As printed, e.g. 4524/KH-UBND."))
    title = models.CharField(_("title"), max_length=500)
    issuer = models.CharField(_("issued by"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    document = models.ForeignKey(
        "media.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The text itself, as a file that readers can download."),
    )

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("issued_on")]),
        FieldPanel("title"),
        FieldPanel("issuer"),
        FieldPanel("document"),
    ]

    graphql_fields = [
        GraphQLString("number", required=True, description="The number as printed, e.g. 4524/KH-UBND."),
        GraphQLString("title", required=True, description="What the document is about."),
        GraphQLString("issuer", required=True, description="Who issued it."),
    ]

    search_fields = [
        index.SearchField("number", boost=2),
        index.SearchField("title"),
        index.AutocompleteField("number"),
        index.AutocompleteField("title"),
        folded_search_field(),
        folded_search_field("number"),
        index.FilterField("id"),  # lists search among what their filters leave
        index.FilterField("issued_on"),
        index.FilterField("is_trashed"),
    ]

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["number", "issuer"], name="legal_document_number_per_issuer"),
        ]

    def __str__(self) -> str:
        return f"{self.number} – {self.title}"
