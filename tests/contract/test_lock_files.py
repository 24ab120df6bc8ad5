"""What is installed is what requirements*.txt ask for, byte for byte, and is asked about."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.one_database

ROOT = settings.BASE_DIR
LOCKS = [
    "requirements-pip",
    "requirements",
    "requirements-s3",
    "requirements-observability",
    "examples/clients/requirements",
]
VULNERABLE = {"name": "django", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
CLEAN = {"name": "django", "version": "5.2", "vulns": []}
UNKNOWN = {"name": "django", "skip_reason": "Dependency not found on PyPI"}
NPM_CLEAN = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 3}}}


def requirements(file: str) -> list[Requirement]:
    lines = (line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def locked(file: str) -> list[tuple[Requirement, str]]:
    """The pinned requirements of a lock file, each with its hashes."""
    text = (ROOT / file).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    parts = [line.partition("--hash") for line in lines]
    return [(Requirement(pin), hash_ + rest) for pin, hash_, rest in parts]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_file_has_what_is_asked_for(name: str):
    pins = locked(f"{name}.lock")
    for asked in requirements(f"{name}.txt"):
        versions = [
            str(pin.specifier).removeprefix("==")
            for pin, _hashes in pins
            if canonicalize_name(pin.name) == canonicalize_name(asked.name)
        ]
        assert versions, f"{asked.name} is not locked: make lock"
        assert all(version in asked.specifier for version in versions), f"{asked}: make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_is_pinned_with_its_hashes(name: str):
    for pin, hashes in locked(f"{name}.lock"):
        assert re.fullmatch(r"==[^,*]+", str(pin.specifier)), pin
        assert re.fullmatch(r"(--hash=sha256:[0-9a-f]{64}\s*)+", hashes), pin


def audit(tmp_path: Path, python: dict[str, Any] | None, npm: dict[str, Any] | None) -> tuple[int, str]:
    """scripts/audit.py, with a pip-audit and an npm that answer so."""
    (tmp_path / "pip_audit").mkdir()
    (tmp_path / "pip_audit" / "__init__.py").touch()
    for path, answer in ((tmp_path / "pip_audit" / "__main__.py", python), (tmp_path / "npm", npm)):
        text = "" if answer is None else f"print({json.dumps(json.dumps(answer))})\n"
        path.write_text(f"#!{sys.executable}\n{text}")
        path.chmod(0o755)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    }
    command = [sys.executable, "scripts/audit.py"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    return result.returncode, result.stdout


def test_a_vulnerability_is_a_failure(tmp_path: Path):
    code, output = audit(tmp_path, {"dependencies": [VULNERABLE]}, NPM_CLEAN)
    assert code == 1
    assert "VULNERABLE   requirements.lock: django 1.0: PYSEC-1, mended in 1.1\n" in output


def test_one_of_npm_is_a_failure_too(tmp_path: Path):
    npm = {**NPM_CLEAN, "vulnerabilities": {"graphql": {"severity": "high"}}}
    code, output = audit(tmp_path, {"dependencies": [CLEAN]}, npm)
    assert code == 1
    assert "VULNERABLE   tests/audits/package-lock.json: graphql: high\n" in output
    assert "clean        requirements.lock: 1 packages\n" in output


@pytest.mark.parametrize(
    ("python", "npm"),
    [({"dependencies": [UNKNOWN]}, {"message": "405 Method Not Allowed"}), (None, None)],
)
def test_a_registry_that_does_not_know_is_no_failure_and_is_named(tmp_path: Path, python: Any, npm: Any):
    code, output = audit(tmp_path, python, npm)
    assert code == 0
    assert [line for line in output.splitlines() if not line.startswith("NOT AUDITED")] == []
    for file in (
        *(f"{name}.lock" for name in LOCKS),
        "frontend/package-lock.json",
        "examples/clients/package-lock.json",
    ):
        assert f"NOT AUDITED  {file}: " in output
    assert "clean" not in output
