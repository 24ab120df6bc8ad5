"""Imports of redirects: text of a bounded size. Wagtail would also unpack a workbook, whatever comes out of it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.base_formats import CSV, DEFAULT_FORMATS, TSV
from wagtail.contrib.redirects.forms import ImportForm

MAX_BYTES = 2 * 1024 * 1024


def validate_size(file: UploadedFile) -> None:
    """Refuse a file that is larger than any list of redirects."""
    if file.size > MAX_BYTES:
        message = _("This file is larger than %(most)s.")
        raise ValidationError(message, code="file_too_large", params={"most": filesizeformat(MAX_BYTES)})


def bound_imports() -> None:
    """Tell Wagtail, which has no setting for either."""
    DEFAULT_FORMATS[:] = [CSV, TSV]
    ImportForm.base_fields["import_file"].validators.append(validate_size)
