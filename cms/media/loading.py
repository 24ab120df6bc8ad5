"""What images and documents have beside their own columns, read for all siblings at once."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from graphql import GraphQLResolveInfo
from taggit.models import Tag

from cms.graphql.execution.batch import attach_batch
from cms.graphql.execution.planner import prefetch
from cms.graphql.execution.scheduler import LoadGenerator
from cms.graphql.execution.selection import selection_of
from cms.graphql.schema.errors import BadInput
from cms.graphql.sql.compiled import QueryTemplate, bind_param
from cms.media.addresses import absolute
from cms.media.models import Image, Rendition
from cms.media.presets import OWN_SHAPE, ImageFormat, ImagePreset, Preset, with_format
from cms.media.renditions import keys_for, matched, nearest


def rendition(
    images: list[Image],
    info: GraphQLResolveInfo,
    *,
    preset: Any = None,
    format: Any = None,
    width: int | None = None,
) -> LoadGenerator:
    """Each image at one size: the preset's largest, or the given width."""
    if preset is None and width is None:
        raise BadInput("Say `preset`, or `width`, or both.", code="BAD_IMAGE_SIZE")
    shape = _shape(preset)
    widths = None if width is None else _allowed([width], shape)
    specs = {image.pk: _specs(image, shape, format, widths)[-1] for image in images}
    found = yield from _renditions([(image, specs[image.pk]) for image in images], info)
    return {pk: each for (pk, _spec), each in found.items()}


def src_set(
    images: list[Image],
    info: GraphQLResolveInfo,
    *,
    preset: Any = None,
    format: Any = None,
    sizes: list[int | None] | None = None,
) -> LoadGenerator:
    """Each image at several widths, as the value of a `srcset` attribute: ascending, each width once."""
    if preset is None and sizes is None:
        raise BadInput("Say `preset`, or `sizes`, or both.", code="BAD_IMAGE_SIZE")
    shape = _shape(preset)
    widths = None if sizes is None else _allowed(sizes, shape)
    wanted = [(image, spec) for image in images for spec in _specs(image, shape, format, widths)]
    found = yield from _renditions(wanted, info)
    sets: dict[Any, dict[int, str]] = {image.pk: {} for image in images}
    for (pk, _spec), each in found.items():
        sets[pk][each.width] = absolute(each.url)
    return {
        pk: ", ".join(f"{url} {width}w" for width, url in sorted(urls.items())) for pk, urls in sets.items()
    }


def _renditions(wanted: list[tuple[Image, str]], info: GraphQLResolveInfo) -> LoadGenerator:
    """What is stored of them; nothing is made for a reader, who gets the nearest until a worker has made the rest."""
    found = matched(wanted, (yield info.context.wanted(_rows(wanted, **keys_for(wanted)))))
    missing = [(image, spec) for image, spec in wanted if (image.pk, spec) not in found]
    if missing:
        found |= nearest(missing, (yield info.context.wanted(_rows(missing))))
    # An original that is shown at several sizes leads to as many rows, which show the same fields.
    prefetch(attach_batch(list(found.values())), selection_of(info).nodes, info)
    return found


def _rows(wanted: list[tuple[Image, str]], **keys: list[Any]) -> QueryTemplate:
    def build(rule: Any) -> QuerySet:
        columns = {"image": "values", **{name: name for name in keys}}
        return Rendition.objects.filter(
            **{f"{column}__any": bind_param(name) for column, name in columns.items()}
        )

    images = sorted({image.pk for image, _spec in wanted})
    return QueryTemplate(
        ("renditions", *keys), Rendition, build, {"values": images, **keys}, key_column="image"
    )


def _shape(preset: Any) -> Preset:
    return OWN_SHAPE if preset is None else ImagePreset(preset).value


def _allowed(widths: list[int | None], shape: Preset) -> list[int]:
    for width in widths:
        if width not in shape.widths:
            allowed = ", ".join(str(each) for each in shape.widths)
            raise BadInput(
                f"{width} is no width of a preset here; these are: {allowed}.", code="BAD_IMAGE_SIZE"
            )
    return sorted(set(widths))


def _specs(image: Image, shape: Preset, image_format: Any, widths: list[int] | None) -> list[str]:
    possible = shape.widths_for(image.width, image.height)
    # A wider one than the original allows is answered by the widest that there is.
    chosen = possible if widths is None else sorted({min(width, possible[-1]) for width in widths})
    if image.is_svg():
        chosen = chosen[-1:]
    chosen_format = ImageFormat(image_format) if image_format else ImageFormat.JPEG
    return [with_format(shape.spec(width), chosen_format) for width in chosen]


def tags(objects: list[Any], info: GraphQLResolveInfo) -> LoadGenerator:
    """The tags of images or documents, in one statement."""
    model = type(objects[0])
    rows = model.tags.through.objects.filter(
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
        object_id__in=[each.pk for each in objects],
    )
    found: dict[Any, list[Tag]] = {each.pk: [] for each in objects}
    for row in (yield rows.select_related("tag").order_by("tag__name")):
        found[row.object_id].append(row.tag)
    attach_batch([tag for each in found.values() for tag in each])
    return found
