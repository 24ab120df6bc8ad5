"""The demonstration is loaded where it is already: what is missing is made, and nothing twice."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from cms.media.models import Image, Rendition
from cms.media.renditions import missing_renditions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def load() -> str:
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


def test_each_role_has_a_login_in_development_only(settings: LazySettings):
    users = get_user_model().objects
    users.all().delete()
    settings.CMS_ENVIRONMENT = "development"
    output = load()
    assert "login: phongvien (Phóng viên)" in output
    assert [each.name for each in users.get(username="quantri").groups.all()] == ["Quản trị"]
    users.exclude(username="bientap").delete()

    settings.CMS_ENVIRONMENT = "production"
    load()
    assert list(users.values_list("username", flat=True)) == ["bientap"]


def test_pictures_are_there_at_all_sizes(settings: LazySettings):
    assert missing_renditions(Image.objects.all()) == {}
    assert Rendition.objects.count() == 387
    settings.CMS_ENVIRONMENT = "development"
    missing, _rows = Image.objects.order_by("pk")[0].renditions.all().delete()
    assert f"9 pictures, {missing} renditions made" in load()
    assert missing_renditions(Image.objects.all()) == {}
