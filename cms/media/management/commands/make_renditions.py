from __future__ import annotations

import logging
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from cms.media.measures import measure_anew
from cms.media.rendition_tasks import make_renditions
from cms.media.renditions import mismeasured, missing_renditions

logger = logging.getLogger(__name__)

#: Pictures that are looked through in one statement.
CHUNK = 100


class Command(BaseCommand):
    help = "Make the renditions that pictures lack: of new presets, of imported pictures, of what a worker missed."

    def handle(self, *args: Any, **options: Any) -> None:
        images = get_image_model().objects.order_by("pk")
        total, made, incomplete = images.count(), 0, []
        rest, seen = images.iterator(CHUNK), 0
        while chunk := list(islice(rest, CHUNK)):
            for image in mismeasured(chunk):
                _measure(image)
            missing = missing_renditions(chunk)
            for image in chunk:
                seen += 1
                if image.pk in missing:
                    number = make_renditions(image) or 0
                    made += number
                    incomplete += [] if number else [image.pk]
                    self._tell(f"{seen} of {total} pictures, {made} renditions made", is_last=False)
        self._tell(f"{total} pictures, {made} renditions made", is_last=True)
        if incomplete:
            pks = ", ".join(map(str, incomplete))
            self.stderr.write(f"could not be read, or another worker is at them: {pks}")

    def _tell(self, progress: str, *, is_last: bool) -> None:
        # One line that moves on a terminal; a log gets the last one alone.
        if is_last or self.stdout.isatty():
            self.stdout.write(
                f"\r{progress}" if self.stdout.isatty() else progress, ending="\n" if is_last else ""
            )


def _measure(image: AbstractImage) -> None:
    try:
        measure_anew(image)
    except Exception:
        # Pillow and every store of files have errors of their own; the others are not to wait for this one.
        logger.warning("image %s cannot be measured", image.pk, exc_info=True)
