"""The image, the compose file and the manifests in deploy/: linters understand them, and the image has what runs.

Nothing here builds or starts a container (docs/operations.md says what was tried by hand).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from django.conf import settings

from settings.environment import FOREIGN, PREFIXES, environment
from tests.servers import ROOT

pytestmark = pytest.mark.one_database

DEPLOY = ROOT / "deploy"
CONTAINERFILE = DEPLOY / "container" / "Containerfile"
COMPOSE = DEPLOY / "container" / "compose.yaml"
MANIFESTS = sorted(DEPLOY.glob("kubernetes/**/*.yaml"))


def documents() -> list[dict[str, Any]]:
    """What the cluster is told, without what is for kustomize alone."""
    found = [each for file in MANIFESTS for each in yaml.safe_load_all(file.read_text())]
    return [each for each in found if each["kind"] != "Kustomization"]


def pods() -> list[dict[str, Any]]:
    return [each["spec"]["template"]["spec"] for each in documents() if "template" in each.get("spec", {})]


def run(*command: str | Path) -> tuple[int, str]:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout + result.stderr


def test_yamllint_has_nothing_to_say():
    assert run(sys.executable, "-m", "yamllint", "--config-file", DEPLOY / "yamllint.yaml", DEPLOY) == (0, "")


def test_the_compose_file_is_one():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    code, output = run(*command)
    assert code == 0, output


@pytest.mark.skipif(
    not shutil.which("hadolint", path=str(Path(sys.executable).parent)), reason="needs hadolint"
)
def test_hadolint_has_nothing_to_say_of_the_containerfile():
    assert run(Path(sys.executable).parent / "hadolint", CONTAINERFILE) == (0, "")


def test_the_manifests_are_kubernetes():
    for each in documents():
        kubernetes_validate.validate(each, "1.34", strict=True)


def test_no_container_may_do_more_than_it_must():
    assert len(pods()) == 3
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }


def test_the_image_has_the_code_of_every_app_and_the_files_that_settings_name():
    copied = {line.split()[1] for line in CONTAINERFILE.read_text().splitlines() if line.startswith("COPY ")}
    apps = {name.split(".")[0] for name in [*settings.CONTENT_APPS, "cms", "settings", "locale"]}
    named = {str(file.relative_to(ROOT)) for file in settings.CMS_GRAPHQL_MANIFESTS}
    assert apps | named <= copied


def test_every_setting_that_they_name_is_one():
    """A misspelt one would stop the start."""
    lines = (DEPLOY / "container" / "environment.example").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    named |= {name for each in documents() for name in {**each.get("data", {}), **each.get("stringData", {})}}
    named |= {each["name"] for pod in pods() for container in pod["containers"] for each in container["env"]}
    ours = {name for name in named if name.startswith(PREFIXES)}
    assert ours >= {"REDIS_URL", "POLLS_KEY", "MEDIA_STORAGE", "METRICS_WORKER_PORT"}
    assert ours - environment.names_read - FOREIGN == set()


def test_the_steps_are_those_of_the_machine():
    commands = {pod["containers"][0]["name"]: pod["containers"][0].get("command") for pod in pods()}
    python = [".venv/bin/python", "manage.py"]
    assert commands == {
        "web": None,
        "worker": [*python, "worker"],
        "release": [*python, "release", "--no-static"],
    }
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    assert services["worker"]["command"] == commands["worker"]
    assert services["release"]["command"] == commands["release"]
    assert 'CMD ["scripts/web"]' in CONTAINERFILE.read_text()
