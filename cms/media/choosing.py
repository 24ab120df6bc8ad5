"""The chooser of images asks for the alternative text that a picture lacks, before the form gets the picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.images.forms import ImageInsertionForm
from wagtail.images.views.chooser import ImageChosenView
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from cms.media.alt_text import is_missing
from cms.media.forms import AltTextField
from cms.media.models import Image


class AltTextForm(ImageInsertionForm):
    """Wagtail's form for a picture in rich text, whose rule and whose script serve here too, without a format."""

    format = None
    alt_text = AltTextField(max_length=255, label=_("Alternative text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="image-chooser-insertion", **kwargs)
        self.fields["alt_text"].help_text = Image._meta.get_field("description").help_text


class AskForAltText(ImageChosenView):
    """Gives a chosen picture to the form; first asks an editor who may change it for its alternative text.

    An editor who may not change it gets it as it is; publishing then says what it lacks.
    """

    model = Image

    def get(self, request: HttpRequest, *args: Any, pk: Any, **kwargs: Any) -> HttpResponse:
        image = self.get_object(pk)
        return self._ask(image, AltTextForm()) if self._is_asked(image) else self.get_chosen_response(image)

    def post(self, request: HttpRequest, *args: Any, pk: Any, **kwargs: Any) -> HttpResponse:
        image = self.get_object(pk)
        if self._is_asked(image):
            form = AltTextForm(request.POST)
            if not form.is_valid():
                return self._ask(image, form)
            image.description = form.cleaned_data["alt_text"]
            image.is_decorative = form.cleaned_data["image_is_decorative"]
            image.save()
            log(image, "wagtail.edit", user=request.user)
        return self.get_chosen_response(image)

    def _is_asked(self, image: Image) -> bool:
        policy = policy_registry.get_by_type(Image)
        return is_missing(image) and policy.user_has_permission_for_instance(
            self.request.user, "change", image
        )

    def _ask(self, image: Image, form: AltTextForm) -> HttpResponse:
        return render_modal_workflow(
            self.request,
            "media/ask_for_alt_text.html",
            None,
            {"image": image, "form": form},
            json_data={"step": "select_format"},
        )


def ask_for_alt_text() -> None:
    """Let Wagtail's chooser of images ask; it has no setting for its views, and other packages open the same one."""
    from wagtail.images.views.chooser import viewset

    viewset.chosen_view_class = AskForAltText
