"""Pictures and documents in imports and exports, with their files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from cms.content.publishing import reason_of
from cms.exchange.columns import Column, Exchange, TextColumn, YesNoColumn
from cms.exchange.models import ExternalId
from cms.exchange.pictures import check_file, most_bytes, stored
from cms.exchange.registry import register
from cms.exchange.resources import ModelResource, Outcome
from cms.exchange.resources.models import Action, external_id_of
from cms.media.models import Document, Image

#: Within an archive or beside the records.
FOLDER = "files"


class FileColumn(Column):
    """The path of the file in the archive or folder: `files/<SHA-1>/<name>`."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        return f"{FOLDER}/{instance.file_hash}/{PurePosixPath(instance.file.name).name}"

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if not value or _digest(value) == instance.file_hash:
            return
        file = exchange.files.read(value, most=most_bytes(type(instance)))
        if hash_filelike(file) != instance.file_hash:
            raise ValidationError(_("The file is another one: replace it in the admin."))

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class CollectionColumn(Column):
    """The names of the collections above and of its own: `Phòng ảnh / Lễ hội`; empty for the root."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        above = instance.collection.get_ancestors(inclusive=True).filter(depth__gt=1)
        return " / ".join(each.name for each in above)

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if value:
            raise ValidationError(_("The file is in another collection. Move it in the admin."))

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class PrivateColumn(Column):
    """Whether only some may see the collection. An import never puts a private file where all can see it."""

    def read(self, instance: Any, exchange: Exchange) -> bool:
        return instance.collection.get_view_restrictions().exists()

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if YesNoColumn(self.name).parse(value) and not self.read(instance, exchange):
            raise ValidationError(_("The file is private, and here all can see it."))

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


def _digest(path: str) -> str:
    """The SHA-1 that the path of an export says; empty for another path."""
    found = re.fullmatch(rf"{FOLDER}/([0-9a-f]{{40}})/[^/]+", path)
    return found[1] if found else ""


class FileResource(ModelResource):
    """Files, each found by its external id, or by its content where nobody gave it another id."""

    order = 0
    extra = (
        FileColumn("file", gettext_lazy("File")),
        CollectionColumn("collection", gettext_lazy("Collection")),
        PrivateColumn("private", gettext_lazy("Private")),
    )

    def find_by_natural_key(self, record: dict[str, Any], exchange: Exchange) -> Any:
        digest = _digest(record["file"]) or exchange.files.digest(record["file"], most=most_bytes(self.model))
        found = self.objects().filter(file_hash=digest)
        if external_id_of(record):
            # Two files may have the same content, each with words of its own: what has another id is another one.
            found = found.exclude(pk__in=ExternalId.objects.filter(resource=self.name).values("object_id"))
        return found.first()

    def authorize(self, found: Any, exchange: Exchange) -> None:
        if exchange.user is None or found is None:
            return  # whether they may add one depends on where it goes
        if not policy_registry.get_by_type(self.model).user_has_permission_for_instance(
            exchange.user, "change", found
        ):
            raise ValidationError(_("You may not change “%(title)s”.") % {"title": found.title})

    def put(self, record: dict[str, Any], exchange: Exchange, *, publishes: bool) -> Outcome:
        record = {**record, "file": TextColumn("file").parse(record.get("file")).strip()}
        if self.find(record, exchange):
            return super().put(record, exchange, publishes=False)
        if not record["file"]:
            raise ValidationError(_("This names no file."))
        file = exchange.files.read(record["file"], most=most_bytes(self.model))
        check_file(self.model, file)
        title = TextColumn("title").parse(record.get("title")).strip() or PurePosixPath(file.name).stem
        collection = collection_of(record, exchange)
        instance = stored(self.model, file, exchange, title=title[:255], collection=collection)
        self.fill(instance, {**record, "file": self.columns["file"].read(instance, exchange)}, exchange)
        instance.save()
        return Outcome(Action.NEW, instance)

    def check(self, instance: Any) -> None:
        """Alternative text may come later: blocks refuse to show a picture without."""
        try:
            instance.clean_fields(exclude=["file", "description", "width", "height"])
            instance.validate_constraints()
        except ValidationError as error:
            raise ValidationError(reason_of(error, instance)) from error


def collection_of(record: dict[str, Any], exchange: Exchange) -> Collection:
    """The collection of a new file, made where it is missing; a private one where the record says so."""
    names = TextColumn("collection").parse(record.get("collection")).split(" / ")
    is_private = YesNoColumn("private").parse(record.get("private"))
    collection = Collection.get_first_root_node()
    for name in filter(None, (name.strip() for name in names)):
        collection = collection.get_children().filter(name=name).first() or _made(name, collection, exchange)
    if is_private and not collection.get_view_restrictions().exists():
        is_in_use = collection.get_children().exists() or collection.is_root() or not _is_empty(collection)
        if is_in_use or not _may(exchange.user, "change", collection):
            message = _("The file is private, and all can see the collection “%(name)s”.")
            raise ValidationError(message % {"name": collection.name})
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    return collection


def _may(user: Any, action: str, collection: Collection) -> bool:
    policy = policy_registry.get_by_type(Collection)
    return user is None or policy.user_has_permission_for_instance(user, action, collection)


def _is_empty(collection: Collection) -> bool:
    return not any(model.objects.filter(collection=collection).exists() for model in (Image, Document))


def _made(name: str, parent: Collection, exchange: Exchange) -> Collection:
    if not _may(exchange.user, "add", parent):
        raise ValidationError(_("There is no collection “%(name)s”.") % {"name": name})
    return parent.add_child(name=name)


WITHOUT = ["file", "collection", "width", "height"]
register(
    FileResource("image", Image, natural_key=["file"], without=WITHOUT),
    FileResource("document", Document, natural_key=["file"], without=WITHOUT),
)
