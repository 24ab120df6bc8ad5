from __future__ import annotations

import factory
import wagtail_factories

from cms.media.models import Document, Image


class ImageFactory(wagtail_factories.ImageFactory):
    """An image of 1600 by 900 pixels."""

    class Meta:
        model = Image

    title = "Ảnh"
    description = "Đồi chè"
    file = factory.django.ImageField(width=1600, height=900, filename="anh.jpg")


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = Document

    title = "Tệp"
