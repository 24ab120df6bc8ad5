"""Pictures of a pasted text, into the library. Nothing is fetched: only what came with the text is there."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from cms.content.numbers import whole_number
from cms.content.pasting.parts import Picture
from cms.content.visibility import PublicRule, public
from cms.media.forms import PictureField

#: Pictures that one text may bring.
MAX_PICTURES = 30
_DATA = re.compile(r"data:image/[a-z0-9.+-]+;base64,([a-z0-9+/=\s]+)", re.IGNORECASE)
_BEGINNINGS = {
    "png": re.compile(rb"\x89PNG\r\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
}


def take_out_data(html: str) -> tuple[str, list[str]]:
    """`html` with `pasted:0`, `pasted:1` in place of pictures that it holds itself, and these, in base 64."""
    held: list[str] = []

    def named(match: re.Match[str]) -> str:
        held.append(match[1])
        return f"pasted:{len(held) - 1}"

    return _DATA.sub(named, html), held


@dataclass
class PastedPictures:
    """What came with a text: pictures that it holds, those of its RTF, and files of the clipboard."""

    user: Any
    held: Sequence[str] = ()
    rtf: Sequence[bytes] = ()
    files: Sequence[bytes] = ()
    #: Pictures that stayed away: not there, no picture, or too many.
    missed: int = 0
    is_forbidden: bool = False
    _contents: dict[int, bytes] = field(default_factory=dict)

    def match(self, pictures: Sequence[Picture]) -> None:
        """Find out which content belongs to which picture; those on a disk or another server go by their order."""
        on_disk = [each for each in pictures if each.source.startswith("file:")]
        elsewhere = [each for each in pictures if not each.source.startswith("pasted:")]
        for there, contents in ((on_disk, self.rtf), (elsewhere, self.files)):
            if len(there) == len(contents):
                self._contents |= {id(each): content for each, content in zip(there, contents, strict=True)}

    def image_of(self, picture: Picture) -> int | None:
        """The primary key of the library's image; None where it could not be taken in."""
        content = self._contents.get(id(picture)) or self._held(picture.source)
        image = self._stored(content, picture) if content else None
        if image is None:
            self.missed += 1
        return image

    def _held(self, source: str) -> bytes | None:
        scheme, _colon, digits = source.partition(":")
        number = whole_number(digits)
        if scheme != "pasted" or number is None or number >= len(self.held):
            return None
        try:
            return base64.b64decode(self.held[number])
        except binascii.Error:
            return None

    def _stored(self, content: bytes, picture: Picture) -> int | None:
        collection = collection_for(self.user)
        if collection is None:
            self.is_forbidden = True
            return None
        try:
            return add_image(content, picture, user=self.user, collection=collection)
        except ValidationError:
            return None


def collection_for(user: Any) -> Collection | None:
    """Where somebody may add images, first of all a public collection; None where nowhere."""
    policy = policy_registry.get_by_type(get_image_model())
    collections = policy.collections_user_has_permission_for(user, "add").order_by("path")
    return public(collections, PublicRule()).first() or collections.first()


def add_image(content: bytes, picture: Picture, *, user: Any, collection: Collection) -> int:
    """Store a picture in the library; the same one that somebody has stored before is not stored again.

    ValidationError for what an editor could not upload either.
    """
    images = policy_registry.get_by_type(get_image_model()).instances_user_has_permission_for(user, "choose")
    # Forms compare by the same digest.
    same = images.filter(file_hash=hash_filelike(BytesIO(content))).first()
    if same is not None:
        return same.pk
    extension = next((name for name, beginning in _BEGINNINGS.items() if beginning.match(content)), "")
    if extension not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise ValidationError(_("This is no picture."), code="no_picture")
    file = PictureField().clean(SimpleUploadedFile(f"dan.{extension}", content))
    now = date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")
    image = get_image_model()(
        file=file,
        title=(picture.alt or picture.caption or _("Pasted picture, %(now)s") % {"now": now})[:255],
        description=picture.alt,
        collection=collection,
        uploaded_by_user=user,
    )
    with transaction.atomic():
        image.save()
        log(image, "wagtail.create", user=user)
    return image.pk
