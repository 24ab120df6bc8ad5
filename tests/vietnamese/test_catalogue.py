"""Everything that the packages can say to an editor is said in Vietnamese, and with what it stands for."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polib
import pytest
from django.apps import apps

from tests.servers import ROOT
from tests.vietnamese.catalogues import DOMAINS, SEEN, UNSEEN, catalogue, folder, messages, ours

pytestmark = pytest.mark.one_database

#: What Vietnamese writes as English does.
SAME = re.compile(r"[\W\d_]*|IPv4|IPv6|(%s [KMGTP]B)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def translated(package: str, domain: str) -> dict[tuple[str | None, str], polib.POEntry]:
    """The messages that are said in Vietnamese, by the package's own catalogue and by ours."""
    theirs = catalogue(folder(package) / "vi" / "LC_MESSAGES" / f"{domain}.po")
    own = [entry for file in ours() if file.stem == domain for entry in catalogue(file)]
    return {(entry.msgctxt, entry.msgid): entry for entry in [*theirs, *own] if entry.translated()}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("package", SEEN)
def test_each_message_of_a_package_is_translated(package: str, domain: str):
    known = translated(package, domain)
    missing = [
        entry.msgid
        for entry in messages(package, domain)
        if not SAME.fullmatch(entry.msgid) and (entry.msgctxt, entry.msgid) not in known
    ]
    assert missing == [], f"add these to locale/vi/LC_MESSAGES/{domain}.po"


def test_each_installed_package_with_messages_is_listed():
    found = {
        config.name
        for config in apps.get_app_configs()
        if (ROOT not in Path(config.path).parents or "site-packages" in config.path)
        and any(Path(config.path).glob("locale/*/LC_MESSAGES/*.po"))
    }
    assert found <= {*SEEN, *UNSEEN}


def test_what_is_in_our_catalogues_is_something_that_a_package_says():
    said = {
        (domain, entry.msgctxt, entry.msgid)
        for package in SEEN
        for domain in DOMAINS
        for entry in messages(package, domain)
    }
    unsaid = [
        entry.msgid
        for file in (ROOT / "locale" / "vi" / "LC_MESSAGES").glob("*.po")
        for entry in catalogue(file)
        if (file.stem, entry.msgctxt, entry.msgid) not in said
    ]
    assert unsaid == [], "take these out of locale/, or put them into an app's own catalogue"


def test_each_message_is_in_one_of_our_catalogues_or_said_alike():
    said = defaultdict(set)
    for file in ours():
        for entry in catalogue(file):
            said[file.stem, entry.msgctxt, entry.msgid].add(entry.msgstr or entry.msgstr_plural.get(0))
    # Django takes the first that it finds, for all apps.
    assert {key[2]: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_a_translation_keeps_what_its_message_is_filled_with():
    wrong = [
        (entry.msgid, text)
        for file in ours()
        for entry in catalogue(file)
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text and not _fits(entry, text)
    ]
    assert wrong == []


def test_what_is_compiled_is_what_is_written():
    stale = [
        file
        for file in ours()
        if _said(polib.mofile(str(file.with_suffix(".mo"))))
        != _said(entry for entry in catalogue(file) if entry.translated())
    ]
    assert stale == [], "run `make messages`"


def _fits(entry: polib.POEntry, text: str) -> bool:
    # Vietnamese has one form for one and for many: the number that only the plural has is named in it, where it has one.
    asked = [set(_PLACEHOLDER.findall(each)) for each in (entry.msgid, entry.msgid_plural) if each]
    return set(_PLACEHOLDER.findall(text)) in asked and unicodedata.is_normalized("NFC", text)


def _said(entries: Iterable[polib.POEntry]) -> dict[tuple[str | None, str], tuple[str, dict[int, str]]]:
    return {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in entries}
