"""Half of a site's content as secrets: every text of theirs holds a word that no reader may see."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import cycle
from pathlib import PurePosixPath

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.storage import Storage
from django.core.management import call_command
from django.db.models import CharField, EmailField, Field, FileField, ForeignKey, Model, TextField, URLField
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.blocks import (
    Block,
    CharBlock,
    ChooserBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    URLBlock,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import AbstractRendition
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    DraftStateMixin,
    Page,
    PageViewRestriction,
    Site,
)

from cms.content.alphabetical import AlphabeticalKeyField

WORD = "bimat"
#: Texts that take no word of the walk's.
NO_WORDS = (URLField, EmailField, StreamField, AlphabeticalKeyField)
#: Texts that say where something stands or what it is, and not what it says.
STRUCTURE = {"path", "url_path", "slug", "draft_title", "model_string", "file_hash", "key", "language_code"}

OWN_APPS = tuple(f"{name}." for name in ("cms", *settings.CONTENT_APPS))
VIDEO = "https://vimeo.com/76979871"

Hide = Callable[[Model], None]


def secrets() -> dict[str, list[Model]]:
    """Every second object of each kind that can be hidden, by kind: leaves of the page tree, snippets, files."""
    kinds: dict[str, list[Model]] = {}
    for page in Page.objects.filter(depth__gt=2, numchild=0, live=True).order_by("pk").specific():
        kinds.setdefault(page._meta.label, []).append(page)
    for model in apps.get_models():
        if issubclass(model, Page) or not _can_be_hidden(model):
            continue
        for each in model._default_manager.order_by("pk"):
            kinds.setdefault(model._meta.label, []).append(each)
    return {kind: found[::2] for kind, found in kinds.items() if len(found) > 1}


def _can_be_hidden(model: type[Model]) -> bool:
    names = {field.name for field in model._meta.concrete_fields}
    return issubclass(model, DraftStateMixin) or {"collection", "file"} <= names


def link(objects: dict[str, list[Model]]) -> None:
    """Let every second object of the content apps refer to a secret, by each of its foreign keys and in its blocks."""
    for model in apps.get_models():
        # A rendition is its picture in another size, and belongs to no other.
        if not model.__module__.startswith(OWN_APPS) or issubclass(model, AbstractRendition):
            continue
        rows = list(model._base_manager.order_by("-pk").values_list("pk", flat=True))
        rows = rows[::2] if len(rows) > 2 else rows
        for field in model._meta.local_concrete_fields:
            if isinstance(field, StreamField):
                for pk in rows:
                    value = [
                        {"type": name, "value": example(block, objects)} for name, block in _blocks(field)
                    ]
                    model._base_manager.filter(pk=pk).update(**{field.name: json.dumps(value)})
            elif target := _secret_for(field, objects):
                model._base_manager.filter(pk__in=rows).update(**{field.name: target.pk})


def _blocks(field: StreamField) -> list[tuple[str, Block]]:
    return list(field.stream_block.child_blocks.items())


def _secret_for(field: Field, objects: dict[str, list[Model]]) -> Model | None:
    is_link = isinstance(field, ForeignKey) and not field.remote_field.parent_link and not field.unique
    if not is_link or isinstance(field, ParentalKey):
        return None
    return _secret_of(field.related_model, objects)


def _secret_of(model: type[Model], objects: dict[str, list[Model]]) -> Model | None:
    return next((each for found in objects.values() for each in found if isinstance(each, model)), None)


def example(block: Block, objects: dict[str, list[Model]]) -> object:
    """A stored value of a block, every chooser and link of which points to a secret."""
    match block:
        case StructBlock():
            return {name: example(child, objects) for name, child in block.child_blocks.items()}
        case ListBlock():
            return [example(block.child_block, objects)]
        case StreamBlock():
            children = block.child_blocks.items()
            return [{"type": name, "value": example(child, objects)} for name, child in children]
        case ChooserBlock():
            value = getattr(_secret_of(block.model_class, objects), "pk", None)
        case RichTextBlock():
            value = _text(objects)
        case URLBlock():
            value = VIDEO
        case CharBlock():
            value = "chữ"
        case _:
            value = block.get_prep_value(block.get_default())
    return value


def _text(objects: dict[str, list[Model]]) -> str:
    kinds = {"page": Page, "document": get_document_model()}
    links = [
        f'<a linktype="{kind}" id="{_secret_of(model, objects).pk}">liên kết</a>'
        for kind, model in kinds.items()
    ]
    image = _secret_of(get_image_model(), objects)
    return f'<p>{" ".join(links)}</p><embed embedtype="image" id="{image.pk}" format="left" alt="ảnh"/>'


def mark(objects: Iterable[Model]) -> None:
    """Write the word into every text of these objects, of what belongs to them, and into addresses and file names."""
    for number, each in enumerate(objects):
        if hasattr(each, "tags"):
            each.tags.set([f"{WORD} {type(each).__name__}"])
            each.save()
        _mark(each)
        for relation in get_all_child_relations(type(each)):
            for child in getattr(each, relation.get_accessor_name()).all():
                _mark(child)
        if isinstance(each, Page):
            _mark_address(each)
            site = Site.objects.get(is_default_site=True) if number % 2 else None
            Redirect.objects.create(old_path=f"/cu/{WORD}-{each.pk}", redirect_page_id=each.pk, site=site)
        for rendition in getattr(each, "renditions", None).all() if hasattr(each, "renditions") else ():
            _mark_file(rendition)
    call_command("reindex_search", verbosity=0)


def _mark(each: Model) -> None:
    for field in each._meta.concrete_fields:
        if isinstance(field, FileField):
            _mark_file(each)
        elif _is_text(field):
            value = f"{WORD} {getattr(each, field.name)}"[: field.max_length]
            field.model.objects.filter(pk=each.pk).update(**{field.name: value})


def _is_text(field: object) -> bool:
    if not isinstance(field, CharField | TextField) or isinstance(field, NO_WORDS):
        return False
    return not field.choices and field.name not in STRUCTURE


def _mark_file(each: Model) -> None:
    storage: Storage = each.file.storage
    old = PurePosixPath(each.file.name)
    with storage.open(str(old)) as content:
        name = storage.save(str(old.with_name(f"{WORD}-{old.name}")), content)
    type(each)._base_manager.filter(pk=each.pk).update(file=name)


def _mark_address(page: Page) -> None:
    slug = f"{WORD}-{page.pk}"
    above = page.url_path.rstrip("/").rpartition("/")[0]
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=f"{above}/{slug}/")


def hide(objects: dict[str, list[Model]]) -> None:
    """Hide each, one way after the other, and leave the search index and all else as it was."""
    for found in objects.values():
        ways = _ways(found[0])
        for each, way in zip(found, cycle(ways), strict=False):
            way(each)


def _ways(example: Model) -> list[Hide]:
    if isinstance(example, Page):
        return [draft, expired, by_password, by_login, by_group]
    return [draft, expired] if isinstance(example, DraftStateMixin) else [private, below_private]


def draft(each: Model) -> None:
    type(each).objects.filter(pk=each.pk).update(live=False)


def expired(each: Model) -> None:
    type(each).objects.filter(pk=each.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def by_password(each: Model) -> None:
    PageViewRestriction.objects.create(page_id=each.pk, restriction_type="password", password="x")


def by_login(each: Model) -> None:
    PageViewRestriction.objects.create(page_id=each.pk, restriction_type="login")


def by_group(each: Model) -> None:
    restriction = PageViewRestriction.objects.create(page_id=each.pk, restriction_type="groups")
    restriction.groups.add(Group.objects.get_or_create(name="Nội bộ")[0])


def private(each: Model) -> None:
    type(each)._base_manager.filter(pk=each.pk).update(collection=_collections()[0])


def below_private(each: Model) -> None:
    type(each)._base_manager.filter(pk=each.pk).update(collection=_collections()[1])


def _collections() -> list[Collection]:
    found = list(Collection.objects.filter(name__startswith=WORD).order_by("path"))
    if not found:
        above = Collection.get_first_root_node().add_child(instance=Collection(name=f"{WORD} một"))
        CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
        found = [above, above.add_child(instance=Collection(name=f"{WORD} hai"))]
    return found


def examples(objects: dict[str, list[Model]]) -> list[Model]:
    """Some of each kind, so that each way of hiding is among them."""
    return [each for found in objects.values() for each in found[: len(_ways(found[0]))]]
