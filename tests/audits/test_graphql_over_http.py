"""The endpoint keeps to GraphQL over HTTP: the audits of the specification's reference implementation.

https://github.com/graphql/graphql-http. They run in Node, against a server in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.servers import free_port, server

FOLDER = Path(__file__).parent
NPM = shutil.which("npm")

pytestmark = [
    pytest.mark.usefixtures("tree"),
    pytest.mark.skipif(
        NPM is None and not os.environ.get("REQUIRE_ALL"), reason="there are no node and npm on this machine"
    ),
    pytest.mark.one_database,
]


def run(*command: str, folder: Path) -> str:
    return subprocess.run(  # noqa: S603 - our own commands
        command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True, timeout=300
    ).stdout


@pytest.fixture
def auditor(tmp_path: Path) -> Path:
    """A folder with the audits, as the lock file has them."""
    for name in ("package.json", "package-lock.json", "audit.js"):
        shutil.copy(FOLDER / name, tmp_path)
    run(NPM or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", folder=tmp_path)
    return tmp_path


def test_every_audit_passes(auditor: Path):
    # Some of them ask for a type by its name.
    with server(free_port(), GRAPHQL_INTROSPECTION="on") as port:
        output = run("node", "audit.js", f"http://127.0.0.1:{port}/graphql/", folder=auditor)
    results: list[dict[str, Any]] = json.loads(output)
    levels = [result["name"].split()[0] for result in results]
    assert {level: levels.count(level) for level in levels} == {"MUST": 13, "SHOULD": 23, "MAY": 25}
    assert [result for result in results if result["status"] != "ok"] == []
