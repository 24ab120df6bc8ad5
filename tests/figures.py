"""What /metrics shows."""

from __future__ import annotations

from django.test import Client


def figures() -> dict[str, float]:
    """Each sample by its name and labels, as Prometheus' text format writes them."""
    lines = Client().get("/metrics").content.decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}
