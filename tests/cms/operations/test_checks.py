"""Start-up checks."""

from __future__ import annotations

import string
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from cms.operations import checks

pytestmark = pytest.mark.one_database


def ids(**options: bool) -> list[str]:
    return [message.id for message in run_checks(**options) if message.id.startswith("cms.")]


def test_this_project_passes_its_own_checks() -> None:
    assert ids() == []


def test_grapple_before_the_snippets_is_an_error(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = ["grapple", *(name for name in settings.INSTALLED_APPS if name != "grapple")]
    # A stand-in for settings: to change INSTALLED_APPS in them loads all apps anew.
    monkeypatch.setattr(checks, "settings", SimpleNamespace(INSTALLED_APPS=apps))

    assert [message.id for message in checks.check_app_order(None)] == ["cms.operations.E001"]


def test_another_page_model_is_an_error(settings: LazySettings) -> None:
    settings.WAGTAIL_PAGE_MODEL = "home.Page"

    assert [message.id for message in checks.check_page_model(None)] == ["cms.operations.E002"]


@pytest.mark.parametrize("backend", sorted(checks.PRIVATE_CACHES))
def test_a_cache_of_one_process_is_an_error_on_a_server(settings: LazySettings, backend: str) -> None:
    settings.CACHES = {"default": {"BACKEND": backend}}

    assert "cms.operations.E003" in ids(include_deployment_checks=True)
    assert "cms.operations.E003" not in ids()


def test_uploads_need_a_folder_that_can_be_made_or_written(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "there"
    assert checks.check_media_root(None) == []

    settings.MEDIA_ROOT = "/proc/sys"
    assert [message.id for message in checks.check_media_root(None)] == ["cms.operations.E004"]

    settings.MEDIA_STORAGE = "s3"
    assert checks.check_media_root(None) == []


@pytest.mark.parametrize(
    ("address", "hosts", "expected"),
    [
        ("http://127.0.0.1:8000", ["cms.example.vn"], ["cms.operations.W001"]),
        ("http://127.0.0.1:8000", ["127.0.0.1", "localhost"], []),
        ("https://cms.example.vn", ["cms.example.vn"], []),
    ],
)
def test_a_loopback_address_for_other_hosts_is_a_warning(
    settings: LazySettings, address: str, hosts: list[str], expected: list[str]
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = address, hosts

    assert [message.id for message in checks.check_public_address(None)] == expected


@pytest.mark.parametrize(
    ("key", "expected"), [("a", ["cms.operations.W002"]), ("", []), (string.ascii_letters, [])]
)
def test_a_polls_key_that_can_be_guessed_is_a_warning(
    settings: LazySettings, key: str, expected: list[str]
) -> None:
    settings.CMS_POLLS_KEY = key

    assert [message.id for message in checks.check_polls_key(None)] == expected


def test_sessions_outside_the_database_are_an_error(settings: LazySettings) -> None:
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"

    assert "cms.preview.E001" in ids()
