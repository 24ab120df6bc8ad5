"""The set-up that docs/graphql.md shows for clients is what examples/clients/ runs (tests/e2e/portal/test_clients.py)."""

from __future__ import annotations

import re
import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.one_database

ROOT = settings.BASE_DIR
#: No toolchain of theirs is at hand, as the docs say.
NOT_RUN = {"kotlin", "swift"}


def scripts() -> list[str]:
    asked = ["git", "ls-files", "*.js", "*.py", "*.json"]
    where = ROOT / "examples" / "clients"
    names = subprocess.run(asked, cwd=where, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    return [(where / name).read_text() for name in names if not name.startswith("package")]


def shown() -> list[tuple[str, str]]:
    """The language and the lines of each block that docs/graphql.md shows to who sets a client up."""
    text = (ROOT / "docs" / "graphql.md").read_text()
    part = text[text.index("## Ids and clients' caches") : text.index("## Caching and persisted operations")]
    return re.findall(r"^```(\w+)\n(.*?)^```$", part, re.S | re.M)


def test_the_docs_show_what_the_clients_run():
    blocks = shown()
    assert [language for language, _lines in blocks] == [
        *("js", "js", "js", "json", "js", "python", "js"),
        *("kotlin", "swift"),
    ]
    texts = scripts()
    for language, lines in blocks:
        assert language in NOT_RUN or any(lines in text for text in texts), lines
