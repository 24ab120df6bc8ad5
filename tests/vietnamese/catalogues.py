"""The catalogues of messages that are installed, and which of them people who work in the admin see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import polib
from django.apps import apps

from tests.servers import ROOT

#: The packages whose screens, errors and mails people see: all that they can say is said in Vietnamese.
SEEN = [
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django_filters",
    "django_otp",
    "taggit",
]
#: Installed packages with messages that nobody sees, each with the reason.
UNSEEN = {
    "grapple": "has no screens: what it says goes to developers",
    "treebeard": "its messages are those of Django's own admin, which is not installed",
}
DOMAINS = ["django", "djangojs"]


def folder(package: str) -> Path:
    """Where a package keeps its catalogues."""
    return Path(str(files(package))) / "locale"


@cache
def catalogue(file: Path) -> list[polib.POEntry]:
    """The entries of a file; none where there is no such file."""
    return [entry for entry in polib.pofile(str(file)) if not entry.obsolete] if file.exists() else []


def messages(package: str, domain: str = "django") -> list[polib.POEntry]:
    """What a package can say: by its English catalogue, else by those of all languages that it comes in."""
    english = catalogue(folder(package) / "en" / "LC_MESSAGES" / f"{domain}.po")
    if english:
        return english
    files = sorted(folder(package).glob(f"*/LC_MESSAGES/{domain}.po"))
    found = {(entry.msgctxt, entry.msgid): entry for file in files for entry in catalogue(file)}
    return list(found.values())


def ours() -> Iterator[Path]:
    """The project's own Vietnamese catalogues, those of `locale/` first."""
    yield from sorted((ROOT / "locale" / "vi" / "LC_MESSAGES").glob("*.po"))
    for app in apps.get_app_configs():
        if ROOT in Path(app.path).parents and ".venv" not in app.path:
            yield from sorted(Path(app.path).glob("locale/vi/LC_MESSAGES/*.po"))
