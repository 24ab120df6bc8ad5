"""Asks whether what we lock has known vulnerabilities: *requirements*.lock at PyPI, each package-lock.json at npm.

A vulnerability that is found is a failure. A registry that answers no such questions (a mirror, a machine without a way
out) is none, and is said at the end: what was not audited is not the same as what is clean.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Audit:
    """What was found out about one lock file."""

    file: str
    audited: int = 0
    found: list[str] = field(default_factory=list)
    unknown: str = ""


def main() -> int:
    files = subprocess.run(
        ["git", "ls-files", "*requirements*.lock", "*package-lock.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    audits = [_python(file) if file.endswith(".lock") else _npm(file) for file in files]
    for audit in audits:
        for vulnerability in audit.found:
            print(f"VULNERABLE   {audit.file}: {vulnerability}")
        if audit.unknown:
            print(f"NOT AUDITED  {audit.file}: {audit.unknown}")
        elif not audit.found:
            print(f"clean        {audit.file}: {audit.audited} packages")
    return 1 if any(audit.found for audit in audits) else 0


def _python(file: str) -> Audit:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner=off"]
    answer = _json_of([*command, "--format=json", "--requirement", file], ROOT)
    packages = answer.get("dependencies")
    if not packages:
        return Audit(file, unknown="pip-audit got no answer from the registry")
    skipped = [package for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {vulnerability['id']}, mended in {_versions(vulnerability)}"
        for package in packages
        for vulnerability in package.get("vulns", [])
    ]
    unknown = (
        f"the registry knows nothing about {len(skipped)} of {len(packages)} packages" if skipped else ""
    )
    return Audit(file, len(packages) - len(skipped), found, unknown)


def _versions(vulnerability: dict[str, Any]) -> str:
    return " or ".join(vulnerability["fix_versions"]) or "no version yet"


def _npm(file: str) -> Audit:
    answer = _json_of(["npm", "audit", "--json", "--package-lock-only"], (ROOT / file).parent)
    if "vulnerabilities" not in answer:
        return Audit(file, unknown=f"npm got no answer from the registry: {answer.get('message', 'none')}")
    found = [f"{name}: {each['severity']}" for name, each in answer["vulnerabilities"].items()]
    return Audit(file, answer["metadata"]["dependencies"]["total"], found)


def _json_of(command: list[str], folder: Path) -> dict[str, Any]:
    """What a command writes as JSON, whatever its exit code says; nothing where it writes none."""
    try:
        written = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=300
        ).stdout
        return json.loads(written)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}


if __name__ == "__main__":
    sys.exit(main())
