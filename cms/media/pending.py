"""Pictures that were uploaded and lack their words: a table in which they are completed, many at once.

Wagtail keeps them as `UploadedFile` until their form is complete, and has no way back to them.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from PIL import Image as Pillow
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Collection, UploadedFile
from wagtail.permissions import policy_registry

from cms.content.numbers import whole_number
from cms.media.duplicates import duplicates
from cms.media.models import Image
from cms.media.rendering import FORMATS

#: Rows of the table: each picture is decoded to be seen.
MOST_ROWS = 20
THUMBNAIL = (160, 120)


def pending(user: Any) -> QuerySet[UploadedFile]:
    """The uploads of somebody that are no pictures of the library yet."""
    kind = ContentType.objects.get_for_model(Image)
    return UploadedFile.objects.filter(for_content_type=kind, uploaded_by_user=user).order_by("pk")


class RowForm(forms.ModelForm):
    """What a picture needs; a row in which nothing was written waits for another day."""

    class Meta:
        model = Image
        fields = ["title", "description", "is_decorative", "credit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs["aria-label"] = capfirst(str(field.label))

    @property
    def is_begun(self) -> bool:
        return any(self[name].value() for name in ("description", "is_decorative", "credit"))


@dataclass
class Row:
    upload: UploadedFile
    form: RowForm
    thumbnail: str
    stored_already: Image | None


class PendingPicturesView(WagtailAdminTemplateMixin, TemplateView):
    """The table; what is complete is stored, and all else waits."""

    template_name = "media/pending.html"
    page_title = _("Pictures to be completed")
    header_icon = "image"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.collections.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def collections(self) -> QuerySet[Collection]:
        policy = policy_registry.get_by_type(Image)
        return policy.collections_user_has_permission_for(self.request.user, "add")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("wagtailimages:index"), "label": gettext("Images")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows", None) or self._rows()
        more = pending(self.request.user).count() - len(rows)
        return super().get_context_data(rows=rows, more=more, collections=self.collections, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = whole_number(request.POST.get("collection", ""))
        collection = self.collections.filter(pk=chosen or 0).first()
        collection = collection or self.collections.first()
        forms_of = {each.pk: self._form(each, request.POST) for each in self._uploads()}
        dropped = {whole_number(key) for key in request.POST.getlist("drop")}
        stored = 0
        for upload in self._uploads():
            form = forms_of[upload.pk]
            if upload.pk in dropped:
                _discard(upload)
            elif form.is_begun and form.is_valid():
                self._store(upload, form, collection)
                stored += 1
        if stored:
            words = ngettext(
                "%(count)d picture is in the library.", "%(count)d pictures are in the library.", stored
            )
            messages.success(request, words % {"count": stored})
        rows = [self._row(each, forms_of[each.pk]) for each in self._uploads() if each.pk in forms_of]
        if any(row.form.is_begun for row in rows):
            messages.error(request, gettext("These pictures still lack something."))
            return self.render_to_response(self.get_context_data(rows=rows))
        return redirect("pending_pictures" if pending(request.user).exists() else "wagtailimages:index")

    def _uploads(self) -> QuerySet[UploadedFile]:
        return pending(self.request.user)[:MOST_ROWS]

    def _rows(self) -> list[Row]:
        return [self._row(each, self._form(each, None)) for each in self._uploads()]

    def _form(self, upload: UploadedFile, data: Any) -> RowForm:
        name = Path(upload.file.name).stem
        return RowForm(data, instance=Image(title=name[:255]), prefix=f"upload-{upload.pk}")

    def _row(self, upload: UploadedFile, form: RowForm) -> Row:
        return Row(upload, form, _thumbnail(upload), duplicates(upload, self.request.user).first())

    @transaction.atomic
    def _store(self, upload: UploadedFile, form: RowForm, collection: Collection) -> None:
        image = form.save(commit=False)
        image.collection, image.uploaded_by_user = collection, self.request.user
        with upload.file.open() as file:
            image.file = ContentFile(file.read(), name=Path(upload.file.name).name)
        image.save()
        log(image, "wagtail.create", user=self.request.user)
        _discard(upload)


def _discard(upload: UploadedFile) -> None:
    name, storage = upload.file.name, upload.file.storage
    upload.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _thumbnail(upload: UploadedFile) -> str:
    """The picture as an address of its own, since what is not in the library has none; empty for what is none."""
    try:
        with upload.file.open() as file, Pillow.open(file, formats=FORMATS) as picture:
            picture.draft("RGB", THUMBNAIL)
            picture.thumbnail(THUMBNAIL)
            small = BytesIO()
            picture.convert("RGB").save(small, "JPEG", quality=70)
    except (OSError, ValueError, Pillow.DecompressionBombError):
        return ""
    return f"data:image/jpeg;base64,{b64encode(small.getvalue()).decode()}"


class PendingPicturesPanel(Component):
    """On the first page: how many pictures of the person wait to be completed; nothing where there are none."""

    name = "pending_pictures"
    template_name = "media/pending_panel.html"
    order = 205

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": pending(parent_context["request"].user).count()}
