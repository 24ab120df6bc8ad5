"""Alerts and dashboard in deploy/ ask for figures that /metrics has, with labels that they have."""

from __future__ import annotations

import re

import orjson
import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from cms.operations import metrics
from cms.operations.models import CommandRun
from tests.servers import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboard.json"
NAME = re.compile(r"\bcms_[a-z_]+")


def expressions() -> list[str]:
    panels = orjson.loads(DASHBOARD.read_bytes())["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    return asked + re.findall(r"^ +expr: (.+(?:\n {10}.+)*)$", ALERTS.read_text(), re.MULTILINE)


def test_every_figure_that_they_name_is_there(client: Client):
    metrics.count_request("GET", "graphql/", 200, 0.1)
    metrics.KEPT.inc()
    for command in ("publish_scheduled", "verify_polls"):
        CommandRun.objects.create(command=command, started_at=timezone.now(), ended_at=timezone.now())
    exposed = client.get("/metrics").content.decode()
    families = list(text_string_to_metric_families(exposed))
    samples = [each for family in families for each in family.samples]
    # A figure whose labels have no values yet has a name all the same.
    declared = {f"{each.name}_total" if each.type == "counter" else each.name for each in families}
    found = {sample.name for sample in samples} | declared

    asked = {name for each in expressions() for name in NAME.findall(each)}

    assert len(expressions()) >= 20
    assert asked - found == set()
    commands = {sample.labels.get("command") for sample in samples}
    named = {name for each in expressions() for name in re.findall(r'command="([a-z_]+)"', each)}
    assert named <= commands


def test_each_alert_says_what_is_wrong_and_how_urgent_it_is():
    text = ALERTS.read_text()
    rules = text.split("- alert: ")[1:]
    for rule in rules:
        assert re.search(r"severity: (page|ticket)", rule), rule
        assert "summary: " in rule, rule
