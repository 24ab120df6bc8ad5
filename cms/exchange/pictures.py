"""Pictures and documents: those that are there already, by their content; others stored as an upload is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection
from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from cms.content.trashed import without_trashed
from cms.exchange.columns import Exchange, ReferenceColumn, TextColumn, YesNoColumn
from cms.exchange.files import is_address
from cms.media.file_types import is_what_it_says
from cms.media.forms import PictureField

#: What a record may say of a picture that it names by its file.
ABOUT = {"title", "description", "caption", "credit", "is_decorative"}


def is_file_model(model: type[Model]) -> bool:
    """Whether objects of this model are pictures or documents."""
    return issubclass(model, AbstractImage | AbstractDocument)


def most_bytes(model: type[Model]) -> int:
    """Bytes that a file of this model may have."""
    if issubclass(model, AbstractImage):
        return settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    return settings.WAGTAILDOCS_MAX_UPLOAD_SIZE


def extensions(model: type[Model]) -> list[str]:
    """Endings that a file of this model may have."""
    if issubclass(model, AbstractImage):
        return settings.WAGTAILIMAGES_EXTENSIONS
    return settings.WAGTAILDOCS_EXTENSIONS


def check_file(model: type[Model], file: Any) -> None:
    """Refuse what could not be uploaded in the admin either. Raises ValidationError."""
    extension = PurePosixPath(file.name).suffix[1:].lower()
    if extension not in extensions(model):
        message = _("“%(name)s” is none of these: %(endings)s.")
        raise ValidationError(message % {"name": file.name, "endings": ", ".join(extensions(model))})
    if issubclass(model, AbstractImage):
        PictureField().clean(file)
    elif not is_what_it_says(extension, file, file.size):
        message = _("“%(name)s” is no .%(extension)s file: its content is something else, or damaged.")
        raise ValidationError(message % {"name": file.name, "extension": extension})
    file.seek(0)


def may_add(model: type[Model], user: Any, collection: Collection) -> bool:
    """Whether a person may upload into a collection."""
    policy = policy_registry.get_by_type(model)
    return (
        user is None
        or policy.collections_user_has_permission_for(user, "add").filter(pk=collection.pk).exists()
    )


def stored(model: type[Model], file: Any, exchange: Exchange, **values: Any) -> Model:
    """A new picture or document of a file that was checked. A trial makes the row and stores no file."""
    collection = values.setdefault("collection", Collection.get_first_root_node())
    if not may_add(model, exchange.user, collection):
        raise ValidationError(_("You may not upload files into “%(name)s”.") % {"name": collection.name})
    if exchange.is_trial:
        return _stand_in(model, file, uploaded_by_user=exchange.user, **values)
    made = model(file=file, uploaded_by_user=exchange.user, **values)
    made.save()
    return made


def _stand_in(model: type[Model], file: Any, **values: Any) -> Model:
    """The row of a file that nobody stored."""
    values |= {"file_hash": hash_filelike(file), "file_size": file.size}
    if issubclass(model, AbstractImage):
        # Else they would be looked up in the file.
        values |= {"width": 1, "height": 1}
    made = model(file=f"trial/{PurePosixPath(file.name).name}", **values)
    # Neither signals nor `save`, which would open it.
    return model._base_manager.bulk_create([made])[0]


@dataclass(frozen=True)
class FileReferenceColumn(ReferenceColumn):
    """A picture or document: by its name, or by a file, with what is said of it.

    `{"file": "anh/le.jpg", "description": "Lễ phát động"}`, or the path or address of the file alone.
    """

    def find(self, value: Any, exchange: Exchange) -> Any:
        about = value if isinstance(value, dict) else {"file": value}
        if unknown := about.keys() - ABOUT - {"file"}:
            raise ValidationError(_("There is no part “%(name)s” here.") % {"name": min(unknown)})
        name = TextColumn(self.name).parse(about.get("file")).strip()
        if not name:
            raise ValidationError(_("This names no file."))
        if not _is_file(self.model, name):
            return super().find(name, exchange)
        return found_or_stored(self.model, name, about, exchange)

    def schema(self) -> dict[str, Any]:
        about = {name: {"type": "string"} for name in sorted({*ABOUT, "file"} - {"is_decorative"})}
        file = {
            "type": "object",
            "properties": {**about, "is_decorative": {"type": "boolean"}},
            "required": ["file"],
            "additionalProperties": False,
        }
        return {"anyOf": [super().schema(), file]}


def _is_file(model: type[Model], name: str) -> bool:
    return is_address(name) or PurePosixPath(name).suffix[1:].lower() in extensions(model)


def found_or_stored(model: type[Model], name: str, about: dict[str, Any], exchange: Exchange) -> Model:
    """The picture or document with the content of a file; stored where it is not there yet."""
    file = exchange.files.read(name, most=most_bytes(model))
    check_file(model, file)
    known = without_trashed(model._default_manager.filter(file_hash=hash_filelike(file)).order_by("pk"))
    if exchange.user is not None:
        policy = policy_registry.get_by_type(model)
        known = known.filter(
            collection__in=policy.collections_user_has_any_permission_for(
                exchange.user, ["add", "change", "choose"]
            )
        )
    if found := known.first():
        return found
    return stored(model, file, exchange, **_about(model, file.name, about))


def _about(model: type[Model], name: str, about: dict[str, Any]) -> dict[str, Any]:
    words = {
        key: TextColumn(key).parse(about[key]).strip() for key in ABOUT - {"is_decorative"} if key in about
    }
    title = words.pop("title", "") or words.get("description") or PurePosixPath(name).stem
    if issubclass(model, AbstractDocument):
        return {"title": title[:255]}
    is_decorative = YesNoColumn("is_decorative").parse(about.get("is_decorative"))
    if is_decorative:
        words.pop("description", None)
    for key, text in words.items():
        # Not of the model's `clean_fields`: a picture may wait for its alternative text.
        model._meta.get_field(key).run_validators(text)
    return {**words, "title": title[:255], "is_decorative": is_decorative}
