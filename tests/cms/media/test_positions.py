"""Where a picture was taken is told by no file that is kept."""

from __future__ import annotations

import io
import struct

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags
from PIL import Image as Drawn
from wagtail.models import Collection

from cms.media.models import Image
from cms.media.rendition_tasks import make_renditions
from tests.factories.media import ImageFactory

pytestmark = pytest.mark.django_db

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="21,19.3N" drone-dji:GpsLongitude="105.4"'
    b' dc:creator="An"><exif:GPSLongitude>105,24.1E</exif:GPSLongitude></rdf:Description></x:xmpmeta>'
)


def photo(kind: str) -> bytes:
    """A picture with its maker, its turn and its position, as EXIF and as XMP where the format has that."""
    exif = Drawn.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Copyright] = "An", "Board"
    exif[ExifTags.Base.Orientation] = 3
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (21.0, 19.0, 18.5), 3: "E", 4: (105.0, 24.0, 6.25)})
    buffer = io.BytesIO()
    options = {"xmp": XMP} if kind in {"JPEG", "WEBP", "AVIF"} else {}
    Drawn.effect_noise((90, 60), 40).convert("RGB").save(buffer, kind, exif=exif, **options)
    return buffer.getvalue()


def cache_key_headers(content: bytes) -> tuple[dict, str, str, int]:
    """Position, artist, copyright and turn in a file's EXIF data."""
    exif = Drawn.open(io.BytesIO(content)).getexif()
    base = ExifTags.Base
    return exif.get_ifd(ExifTags.IFD.GPSInfo), exif[base.Artist], exif[base.Copyright], exif[base.Orientation]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_original_keeps_its_maker_and_loses_its_position(kind: str) -> None:
    content = photo(kind)
    assert cache_key_headers(content)[0][2] == (21.0, 19.0, 18.5)
    image = ImageFactory(file=ContentFile(content, name=f"a.{kind.lower()}"))
    kept = Image.objects.get(pk=image.pk).file.read()
    assert cache_key_headers(kept) == ({}, "An", "Board", 3)
    assert b"GPS" not in kept.upper()
    assert len(kept) == len(content) == image.file_size
    before, after = (Drawn.open(io.BytesIO(each)).convert("RGB").tobytes() for each in (content, kept))
    assert before == after


def test_upload_in_the_admin_loses_its_position(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.jpg", photo("JPEG"))
    values = {"title": "T", "description": "A", "collection": Collection.get_first_root_node().pk}
    admin_client.post(reverse("wagtailimages:add"), {**values, "file": file})
    assert cache_key_headers(Image.objects.get().file.read()) == ({}, "An", "Board", 3)


def test_upload_of_many_in_the_admin_loses_its_position(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.jpg", photo("JPEG"))
    asked = admin_client.post(reverse("wagtailimages:add_multiple"), {"title": "T", "files[]": file}).json()
    pk = asked["uploaded_file_id"]  # the form asks for the alternative text next
    values = {"title": "T", "description": "A", "collection": Collection.get_first_root_node().pk}
    prefixed = {f"uploaded-image-{pk}-{name}": value for name, value in values.items()}
    admin_client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[pk]), prefixed)
    assert cache_key_headers(Image.objects.get().file.read()) == ({}, "An", "Board", 3)


def test_file_that_was_stored_by_another_way_loses_it_with_its_renditions() -> None:
    image = ImageFactory()
    name = image.file.storage.save("original_images/a.jpg", ContentFile(photo("JPEG")))
    Image.objects.filter(pk=image.pk).update(file=name)
    make_renditions(Image.objects.get(pk=image.pk))
    image = Image.objects.get(pk=image.pk)
    assert cache_key_headers(image.file.read()) == ({}, "An", "Board", 3)
    assert not image.file.storage.exists(name)
    for each in image.renditions.all():
        exif = Drawn.open(each.file).getexif()
        assert (exif.get(ExifTags.Base.Copyright), exif.get_ifd(ExifTags.IFD.GPSInfo)) == ("Board", {})


def test_picture_without_a_position_stays_as_it_is() -> None:
    buffer = io.BytesIO()
    Drawn.effect_noise((90, 60), 40).save(buffer, "PNG")
    assert ImageFactory(file=ContentFile(buffer.getvalue(), name="a.png")).file.read() == buffer.getvalue()


def directories(headers: int) -> bytes:
    """EXIF data of many headers, which all lead to one directory, and that to 500 others."""
    period = 18
    shared = headers * period
    entries = [struct.pack("<HHII", 0x8769, 4, 1, shared + 6012 + period * number) for number in range(500)]
    begins = [b"II*\0" + struct.pack("<I10x", shared - at) for at in range(0, shared, period)]
    other = struct.pack("<HHHII4x", 1, 0x0100, 3, 1, 1)
    return b"".join([*begins, struct.pack("<H", 500), *entries, bytes(10), other * (headers + 500)])


@pytest.mark.parametrize(
    "behind",
    [
        pytest.param(b"a-" * 1_000_000, id="a name that does not end"),
        pytest.param(b"<a:GPSa>" * 250_000, id="elements that do not end"),
        pytest.param(directories(50_000), id="directories that lead to others"),
    ],
)
def test_what_looks_like_positions_over_and_over_stops_nobody(behind: bytes) -> None:
    # Read anew from each place at which it looks so, the first would take hours, and holds the interpreter.
    content = photo("JPEG") + behind
    kept = ImageFactory(file=ContentFile(content, name="a.jpg")).file.read()
    assert (cache_key_headers(kept), len(kept)) == (({}, "An", "Board", 3), len(content))
