"""Images and documents of the CMS: Wagtail's, with what readers are told of a picture."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from cms.media.addresses import PRIVATE
from cms.media.alt_text import is_missing
from cms.media.measures import OrientedImageFieldFile
from cms.media.positions import without_positions
from cms.search.editors import folded_search_field

DECORATION_WITH_ALT_TEXT = _(
    "A picture that is decoration only has no alternative text: empty it, or untick the box."
)


def raster(filename: str) -> str:
    """`filename`, if it is that of a picture that an editor could upload; else SuspiciousFileOperation.

    Pictures are handed out by the web server as what their names say: no page and no script may come among them.
    """
    if Path(filename).suffix[1:].lower() not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise SuspiciousFileOperation(f"{filename!r} is not the name of a picture")
    return filename


def _uploaded_by() -> models.ForeignKey:
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploader.wagtail_reference_index_ignore = True
    return uploader


class Image(AbstractImage):
    """A picture.

    Wagtail's `description` is its alternative text. Forms ask for it; scripts and imports may store images without,
    which blocks then refuse to show: the rule is in `alt_text.py`.
    """

    description = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What the picture shows, for readers who cannot see it, in one sentence. No file name."),
    )
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("Tick this where the picture tells nothing; screen readers then pass over it."),
    )
    # Wagtail's own model has the same name, so its names for the way back would clash.
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="media_images")
    uploaded_by_user = _uploaded_by()
    caption = models.CharField(
        _("caption"),
        max_length=500,
        blank=True,
        help_text=_("Shown under the picture, unless a page says otherwise."),
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made the picture."))

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "caption",
        "credit",
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
        folded_search_field(),
        index.SearchField("caption"),
        index.SearchField("credit"),
        # The list searches among what its filters leave.
        index.FilterField("description"),
        index.FilterField("is_decorative"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Wagtail names this one in its own model only; its choosers show nothing to who lacks it.
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=False) | models.Q(description=""),
                name="media_image_decoration_has_no_alt_text",
                violation_error_message=DECORATION_WITH_ALT_TEXT,
            )
        ]

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude)
        # Forms exclude what they don't show; Wagtail makes some with a few fields only.
        if is_missing(self) and "description" not in (exclude or ()):
            message = _("Say what the picture shows, or tick “decoration only”.")
            raise ValidationError({"description": ValidationError(message, code="no_alt_text")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.file or (self.file._committed and not self._state.adding):
            super().save(*args, **kwargs)
            return
        # The form that uploads many at once stores the file before it saves the image.
        stored = self.file.name if self.file._committed else None
        self._take_in_file()
        is_replaced = not self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_replaced:
                self.renditions.all().delete()
        if stored and self.file.name != stored:
            self.file.storage.delete(stored)

    def _take_in_file(self) -> None:
        self.file.open()
        content = self.file.read()
        clean = without_positions(content)
        if clean is not content:
            self.file = ContentFile(clean, name=Path(self.file.name).name)
        self._set_image_file_metadata()

    def get_upload_to(self, filename: str) -> str:
        path = super().get_upload_to(raster(filename))
        return f"{PRIVATE}{path}" if self.collection.get_view_restrictions().exists() else path

    @property
    def default_alt_text(self) -> str:
        """What Wagtail offers in rich text; its own falls back on the title, which often is a file's name."""
        return self.description


# A field of our own would stand elsewhere in the schema, and need a migration.
Image._meta.get_field("file").attr_class = OrientedImageFieldFile


class Rendition(AbstractRendition):
    """A picture at one of the sizes that the presets allow."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]

    def get_upload_to(self, filename: str) -> str:
        path = super().get_upload_to(raster(filename))
        return f"{PRIVATE}{path}" if self.image.file.name.startswith(PRIVATE) else path


class Document(AbstractDocument):
    """A file that readers can download."""

    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="media_documents")
    uploaded_by_user = _uploaded_by()

    admin_form_fields = ("title", "file", "collection", "tags")

    search_fields = [*AbstractDocument.search_fields, folded_search_field()]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.file and self.file_size is None:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        # Forms without the file, or with a bad one, have said so; Wagtail's check fails on no file at all.
        if self.file:
            super().clean()

    @property
    def content_type(self) -> str:
        # Wagtail's own guesses, and finds text/html for what was stored past the forms.
        return settings.WAGTAILDOCS_CONTENT_TYPES.get(self.file_extension.lower(), "application/octet-stream")
