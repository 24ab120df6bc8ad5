"""Redirects: how an old address is matched, where one may lead, and lists of them as spreadsheet programs write them.

Wagtail would also unpack a workbook, whatever comes out of it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from io import StringIO
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.validators import MaxLengthValidator, URLValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.base_formats import CSV, DEFAULT_FORMATS, TSV
from wagtail.contrib.redirects.forms import ImportForm, RedirectForm
from wagtail.contrib.redirects.models import Redirect

from cms.content.links import safe_address

MAX_BYTES = 2 * 1024 * 1024
#: What mails, advertisements and social networks add to an address, and no address depends on.
TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ttclid|twclid|igshid|igsh"
    r"|zarsrc|zalo_\w+|mc_[ce]id|_hsenc|_hsmi|_ga|_gl|srsltid",
    re.IGNORECASE,
)
BAD_ADDRESS = _("Write an address with https://, or a path with / before it.")


def without_tracking(path: str) -> str:
    """A path with its query, less the parameters that only say where a reader came from."""
    parts = urlsplit(path)
    query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100) if parts.query else []
    kept = [(name, value) for name, value in query if not TRACKING.fullmatch(name)]
    # What is kept stays as it was written, unless something was taken away.
    return path if len(kept) == len(query) else parts._replace(query=urlencode(kept)).geturl()


def candidates(path: str) -> list[str]:
    """How the redirect of a path may be stored, the best first: with its query, then without it.

    None for what is no path.
    """
    try:
        path = without_tracking(path)
    except ValueError:
        path = path.partition("?")[0]
    try:
        whole, bare = Redirect.normalise_path(path), Redirect.normalise_path(path.partition("?")[0])
    except ValueError:
        return []  # such as //[, which is no address
    return list(dict.fromkeys([whole, bare]))


def stored_path(value: str) -> str:
    """The path that a redirect begins at, as Wagtail stores it; ValidationError for what is no address."""
    try:
        return Redirect.normalise_path(value)
    except ValueError:  # such as http://[
        raise ValidationError(BAD_ADDRESS, code="bad_address") from None


def validate_source(value: str) -> None:
    """Refuse an old address that is none, or is longer than its column with the / that is put before it."""
    MaxLengthValidator(Redirect._meta.get_field("old_path").max_length)(stored_path(value))


def validate_target(value: str) -> None:
    """Refuse what is neither a web address nor a path."""
    if not (safe_address(value) and re.match(r"https?://|/", value, re.IGNORECASE)):
        raise ValidationError(BAD_ADDRESS, code="bad_address")


def validate_size(file: UploadedFile) -> None:
    """Refuse a file that is larger than any list of redirects."""
    if file.size > MAX_BYTES:
        message = _("This file is larger than %(most)s.")
        raise ValidationError(message, code="file_too_large", params={"most": filesizeformat(MAX_BYTES)})


class ListField(forms.FileField):
    """A list of redirects in any encoding that Excel writes in Viet Nam; cleaned, in UTF-8 with commas."""

    default_validators = [validate_size]

    def clean(self, data: Any, initial: Any = None) -> UploadedFile:
        file = super().clean(data, initial)
        # Whatever else there is by that name, Wagtail says that it does not take it.
        if not file.name.lower().endswith((".csv", ".tsv")):
            return file
        text = decoded(file.read())
        if file.name.lower().endswith(".csv"):
            text = with_commas(text)
        # Wagtail compares the ending as it is written.
        name = file.name[:-4] + file.name[-4:].lower()
        return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def decoded(data: bytes) -> str:
    """The text of a file, in NFC. Raises ValidationError, which says how to save it, where it is no text."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return unicodedata.normalize("NFC", text)
    message = _(
        "This file can't be read as text. In Excel choose File, Save As, and the type “CSV UTF-8 (Comma delimited)”."
    )
    raise ValidationError(message, code="not_text")


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    # Windows' Vietnamese takes nearly any bytes, so it comes last.
    return ["utf-8-sig", "cp1258"]


def with_commas(text: str) -> str:
    """A CSV with commas: where Windows writes decimals with a comma, Excel separates by semicolons, or by tabs."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    if delimiter == ",":
        return text
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    )
    return written.getvalue()


def adapt_redirects() -> None:
    """Tell Wagtail, which has no setting for any of it."""
    DEFAULT_FORMATS[:] = [CSV, TSV]
    ImportForm.base_fields["import_file"] = ListField(label=ImportForm.base_fields["import_file"].label)
    # The form's: the model's `clean` raises ValueError on such an address, whatever its own validators have said.
    RedirectForm.base_fields["old_path"].validators.append(validate_source)
    # Its form and its model each ask for a whole address.
    column = Redirect._meta.get_field("redirect_link")
    others = [each for each in column.validators if not isinstance(each, URLValidator)]
    column.validators = [validate_target, *others]
    old = RedirectForm.base_fields["redirect_link"]
    RedirectForm.base_fields["redirect_link"] = forms.CharField(
        label=old.label,
        help_text=old.help_text,
        required=False,
        max_length=column.max_length,
        validators=[validate_target],
    )
