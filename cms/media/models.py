"""Images and documents of the CMS: Wagtail's, with what readers are told of a picture."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLInt, GraphQLString
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index


class Image(AbstractImage):
    """A picture.

    Wagtail's `description` is its alternative text; a block that shows a picture refuses one without.
    """

    # Wagtail's own model has the same name, so its names for the way back would clash.
    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="media_images")
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made the picture."))

    admin_form_fields = (
        "title",
        "description",
        "caption",
        "credit",
        "file",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    graphql_fields: ClassVar[list] = [
        GraphQLString("caption", required=True, description="Caption; empty where there is none."),
        GraphQLString("credit", required=True, description="Who made the picture; empty where not known."),
    ]

    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("caption"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    """A picture at one of the sizes that the presets allow."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    graphql_fields: ClassVar[list] = [
        GraphQLInt("width", required=True, description="Width in pixels."),
        GraphQLInt("height", required=True, description="Height in pixels."),
        GraphQLString("filter_spec", required=True, description="How it was made from the original."),
    ]

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"),
        ]


class Document(AbstractDocument):
    """A file that readers can download."""

    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="media_documents")
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
