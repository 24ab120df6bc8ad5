from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, ModelLogEntry
from wagtail.users.models import UserProfile

from cms.media.alt_text import validate_alt_text
from cms.media.models import Image
from tests.factories.media import ImageFactory, drawn
from tests.factories.people import logged_in, person

pytestmark = pytest.mark.django_db

FORM = "image-chooser-insertion"


def form_errors(**values: object) -> dict[str, list[str]]:
    data = {"title": "Gate", "collection": Collection.get_first_root_node().pk, "tags": "", **values}
    upload = SimpleUploadedFile("gate.png", drawn(20, 20).read(), content_type="image/png")
    return get_image_form(Image)(data, {"file": upload}).errors


def test_upload_without_alternative_text_is_refused_in_vietnamese() -> None:
    with translation.override("vi"):
        assert form_errors(description=" ") == {
            "description": ["Hãy mô tả nội dung ảnh, hoặc đánh dấu “chỉ để trang trí”."]
        }


def test_upload_with_alternative_text_is_taken() -> None:
    assert form_errors(description="Workers at a gate") == {}


def test_decoration_needs_no_alternative_text() -> None:
    assert form_errors(is_decorative="on", description="") == {}


def test_decoration_with_alternative_text_is_refused() -> None:
    assert list(form_errors(is_decorative="on", description="A line")) == ["__all__"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ImageFactory(is_decorative=True, description="A line")


def test_form_for_a_few_fields_does_not_ask_for_what_it_lacks() -> None:
    form = get_image_form(Image, fields=["title"])(
        {"title": "New", "collection": Collection.get_first_root_node().pk},
        instance=ImageFactory(without_alt_text=True),
    )
    assert form.is_valid(), form.errors


def test_image_without_alternative_text_is_no_content() -> None:
    image = ImageFactory(title="Gate", without_alt_text=True)
    for given in (image, image.pk):
        with translation.override("vi"), pytest.raises(ValidationError) as refused:
            validate_alt_text(given)
        assert refused.value.messages == [
            "“Gate” chưa có văn bản thay thế. Mở ảnh trong mục Hình ảnh và mô tả nội dung ảnh."
        ]


def test_described_image_and_decoration_are_content() -> None:
    validate_alt_text(ImageFactory())
    validate_alt_text(ImageFactory(is_decorative=True, description="").pk)


def test_title_never_stands_for_alternative_text() -> None:
    assert ImageFactory(title="IMG_0001", without_alt_text=True).default_alt_text == ""


def test_editor_is_asked_for_alternative_text_when_several_images_are_uploaded(
    admin_client: Client, admin_user: AbstractUser
) -> None:
    UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": "vi"})
    upload = SimpleUploadedFile("gate.png", drawn(20, 20).read(), content_type="image/png")
    answer = admin_client.post("/admin/images/multiple/add/", {"title": "gate", "files[]": upload}).json()
    assert Image.objects.count() == 0
    assert "văn bản thay thế" in answer["form"].lower()


def choose(client: Client, image: Image, **said: str) -> dict[str, Any]:
    """What the chooser answers when somebody clicks on a picture, or sends what it asked for."""
    address = f"/admin/images/chooser/chosen/{image.pk}/"
    return (client.post(address, said) if said else client.get(address)).json()


def test_a_picture_with_words_is_chosen_at_once() -> None:
    described, decorative = ImageFactory(), ImageFactory(is_decorative=True, description="")
    editor = logged_in(person("editor"))
    assert [choose(editor, each)["step"] for each in (described, decorative)] == ["chosen", "chosen"]


def test_a_picture_without_words_is_chosen_by_saying_what_it_shows() -> None:
    image, editor = ImageFactory(without_alt_text=True), logged_in(person("editor"))
    asked = choose(editor, image)
    assert asked["step"] == "select_format"
    assert "Ảnh này cho thấy điều gì?" in asked["html"]
    assert "Văn bản thay thế<span" in " ".join(asked["html"].split())
    refused = choose(editor, image, **{f"{FORM}-alt_text": " "})
    assert refused["step"] == "select_format"
    assert "Hãy nhập văn bản thay thế cho ảnh" in refused["html"]
    chosen = choose(editor, image, **{f"{FORM}-alt_text": "Cổng khu công nghiệp"})
    assert (chosen["step"], chosen["result"]["id"]) == ("chosen", str(image.pk))
    image.refresh_from_db()
    assert (image.description, image.is_decorative) == ("Cổng khu công nghiệp", False)
    assert ModelLogEntry.objects.filter(object_id=image.pk, action="wagtail.edit").count() == 1


def test_a_picture_is_said_to_be_decoration_when_it_is_chosen() -> None:
    image = ImageFactory(without_alt_text=True)
    answer = choose(logged_in(person("editor")), image, **{f"{FORM}-image_is_decorative": "on"})
    assert answer["step"] == "chosen"
    image.refresh_from_db()
    assert (image.description, image.is_decorative) == ("", True)


def test_who_may_not_change_a_picture_is_not_asked_and_changes_nothing() -> None:
    image, reporter = ImageFactory(without_alt_text=True), logged_in(person("reporter"))
    assert choose(reporter, image)["step"] == "chosen"
    assert choose(reporter, image, **{f"{FORM}-alt_text": "Cổng"})["step"] == "chosen"
    image.refresh_from_db()
    assert image.description == ""
