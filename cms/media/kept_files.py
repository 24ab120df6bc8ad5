"""A file that was chosen stays chosen while its form is refused for something else: browsers forget it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import UploadedFile as Kept

from cms.content.numbers import whole_number

#: Files of one person that are kept; the oldest makes room.
MOST_KEPT = 100


class KeptFileInput(forms.FileInput):
    """A file input that comes back with the file that was sent, as the number of a row that only its sender can use."""

    template_name = "media/kept_file_input.html"
    user: AbstractBaseUser | None = None
    kept: Kept | None = None
    sent: UploadedFile | None = None
    #: Whether the file itself is what is wrong; its form says so.
    is_refused: Callable[[], bool]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if given := super().value_from_datadict(data, files, name):
            self.sent = given
        elif self.kept is None and (kept := self._kept(data.get(f"{name}-kept", ""))):
            self.kept, self.sent = kept, _copied(kept)
        return self.sent

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.sent and self.user is not None and not self.is_refused():
            self.kept = self.kept or _keep(self.sent, self.user)
            context["kept"] = {"name": f"{name}-kept", "key": self.kept.pk, "file": self.sent.name}
        return context

    def _kept(self, key: str) -> Kept | None:
        number = whole_number(key)
        if self.user is None or number is None:
            return None
        return _kept_for(self.user).filter(pk=number).first()


def _kept_for(user: AbstractBaseUser) -> QuerySet[Kept]:
    # Wagtail's form for many keeps its files there, too, and says for what.
    return Kept.objects.filter(uploaded_by_user=user, for_content_type=None)


def _keep(file: UploadedFile, user: AbstractBaseUser) -> Kept:
    file.seek(0)
    kept = Kept.objects.create(file=file, uploaded_by_user=user)
    for old in _kept_for(user).order_by("-pk")[MOST_KEPT:]:
        _delete(old)
    return kept


def _delete(kept: Kept) -> None:
    kept.file.delete(save=False)
    kept.delete()


def _copied(kept: Kept) -> UploadedFile | None:
    """The file as if it had been sent again, to be measured and checked as any other; None where it is gone."""
    # No file with a name of its own: the storage would move it away from under Python, which deletes it at the end.
    copy = TemporaryFile()  # noqa: SIM115 - lives as long as the form
    try:
        with kept.file.open() as source:
            for chunk in source.chunks():
                copy.write(chunk)
    except FileNotFoundError:
        return None
    copy.seek(0)
    return UploadedFile(copy, Path(kept.file.name).name, size=kept.file.size)


def keep_file(form: forms.ModelForm, user: AbstractBaseUser | None) -> None:
    """Let the file of a form stay chosen, for the user who sends it."""
    field = form.fields.get("file")
    if field is None:
        return
    widget = KeptFileInput(attrs=field.widget.attrs)
    widget.user = user
    widget.is_refused = lambda: "file" in form.errors
    field.widget = widget


def discard_kept(form: forms.ModelForm) -> None:
    """Delete what was kept for a form, now that it is stored where it belongs."""
    field = form.fields.get("file")
    if field is not None and (kept := field.widget.kept):
        transaction.on_commit(lambda: _delete(kept))
