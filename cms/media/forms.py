"""Forms for uploads: what a file is, and what it would cost to open it, is found out before anything opens it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.file_types import is_what_it_says
from cms.media.kept_files import discard_kept, keep_file
from cms.media.rendering import FORMATS

#: Longer animations are films, and each frame is decoded by each reader.
MAX_FRAMES = 300
TOO_LARGE = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning)


class PictureField(WagtailImageField):
    """Wagtail's field decodes a picture before it asks how large it is; this one measures it first."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            self.check_image_file_size(data)
            self._check_measures(data)
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:
            # Decoders have errors of their own for files that break off or were damaged.
            raise self._invalid() from error

    def _check_measures(self, data: UploadedFile) -> None:
        data.seek(0)
        try:
            with warnings.catch_warnings():
                # Pillow's own limit only warns; ours stands below.
                warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
                picture = Pillow.open(data, formats=FORMATS)
                pixels = picture.width * picture.height
                frames = _frames(picture, most=min(MAX_FRAMES, self.max_image_pixels // max(1, pixels)))
        except TOO_LARGE as error:
            raise self._too_many_pixels(_("unknown number")) from error
        except Exception as error:
            raise self._invalid() from error
        data.seek(0)
        if pixels * frames > self.max_image_pixels:
            raise self._too_many_pixels(pixels * frames)
        if frames > MAX_FRAMES:
            message = _("This animation has more than %(most)d pictures, which is the most that is allowed.")
            raise ValidationError(message, code="too_many_frames", params={"most": MAX_FRAMES})

    def _invalid(self) -> ValidationError:
        return ValidationError(self.error_messages["invalid_image"], code="invalid_image")

    def _too_many_pixels(self, found: Any) -> ValidationError:
        values = {"num_pixels": found, "max_pixels_count": self.max_image_pixels}
        return ValidationError(
            self.error_messages["file_too_many_pixels"] % values, code="file_too_many_pixels"
        )


def _frames(picture: Pillow.Image, *, most: int) -> int:
    """How many pictures an animation has; where they have to be counted, not further than one more than `most`."""
    if picture.format != "GIF":
        return getattr(picture, "n_frames", 1)
    for number in range(1, most + 1):
        try:
            picture.seek(number)
        except EOFError:
            return number
    return most + 1


class AltTextField(forms.CharField):
    """Has an asterisk, as what must be written; the model, which knows of decoration, says where it is missing."""

    def validate(self, value: Any) -> None:
        """Leave it to the model."""


class ImageForm(BaseImageForm):
    """Wagtail's form for an image, wherever it is uploaded."""

    def __init__(self, *args: Any, user: AbstractBaseUser | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=field.label, required=field.required, widget=field.widget
            )
            keep_file(self, user)
        if field := self.fields.get("description"):
            self.fields["description"] = AltTextField(
                label=field.label, max_length=255, widget=field.widget, help_text=field.help_text
            )

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        discard_kept(self)
        return image


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, wherever it is uploaded."""

    def __init__(self, *args: Any, user: AbstractBaseUser | None = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        keep_file(self, user)

    def save(self, commit: bool = True) -> Any:
        document = super().save(commit=commit)
        discard_kept(self)
        return document

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self._check_content(file)
        return file

    def _check_content(self, file: UploadedFile) -> None:
        extension = Path(file.name).suffix[1:]
        known = extension.lower() in settings.WAGTAILDOCS_EXTENSIONS
        # Other extensions the model refuses, and says which there are.
        if known and not is_what_it_says(extension, file, file.size):
            raise forms.ValidationError(
                _("This is no .%(extension)s file: its content is something else, or damaged."),
                code="other_content",
                params={"extension": extension},
            )
