from __future__ import annotations

from functools import cache
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image as Drawing
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.models import Document, Image
from cms.media.rendition_tasks import make_renditions

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200"><rect width="9"/></svg>'


def drawn(width: int, height: int, *, name: str = "picture.png") -> ContentFile:
    """The file of a picture of this size, in one colour."""
    return ContentFile(_picture(width, height, "JPEG" if name.endswith("jpg") else "PNG"), name=name)


@cache
def _picture(width: int, height: int, kind: str) -> bytes:
    buffer = BytesIO()
    Drawing.new("RGB", (width, height), (20, 110, 60)).save(buffer, kind)
    return buffer.getvalue()


class ImageFactory(DjangoModelFactory):
    """A public picture with alternative text; `pixels` are its width and height in pixels."""

    class Meta:
        model = Image
        skip_postgeneration_save = True

    class Params:
        pixels = (640, 480)
        without_alt_text = factory.Trait(description="")
        svg = factory.Trait(file=factory.LazyFunction(lambda: ContentFile(SVG, name="drawing.svg")))

    @factory.post_generation
    def rendered(image: Image, create: bool, wanted: bool | None) -> None:
        """`rendered=True`: with all its renditions, as a worker makes them."""
        if wanted:
            make_renditions(image)

    title = factory.Sequence(lambda number: f"Image {number}")
    description = "Workers at a gate"
    file = factory.LazyAttribute(lambda image: drawn(*image.pixels))


class DocumentFactory(DjangoModelFactory):
    """A public file of five bytes."""

    class Meta:
        model = Document

    title = factory.Sequence(lambda number: f"Document {number}")
    file = factory.LazyFunction(lambda: ContentFile(b"12345", name="Plan.PDF"))


def private_collection(name: str = "Private") -> Collection:
    """A collection that only those who are logged in may see."""
    collection = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection
