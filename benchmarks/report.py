"""The figures of a run as a table (Markdown), a plot (SVG) and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

QUESTIONS = ["A", "B", "C", "article", "list", "home", "zone map", "search"]
WIDTH, BAR, GAP, LABEL = 760, 16, 8, 210


def write(result: dict[str, Any], folder: Path) -> None:
    """Write `table.md`, `figures.json` and `plot.svg`, and print the table."""
    folder.mkdir(exist_ok=True)
    (folder / "figures.json").write_text(json.dumps(result, indent=2) + "\n")
    (folder / "table.md").write_text(table(result))
    (folder / "plot.svg").write_text(plot(result))
    print(table(result))


def table(result: dict[str, Any]) -> str:
    """Requests per second with p50 and p99 in milliseconds; below, our SQL statements and all memory."""
    figures = result["figures"]
    lines = [
        f"{result['machine']}; {result['rounds']} rounds of {result['seconds']} s, median.",
        "",
        f"| system | {' | '.join(QUESTIONS)} | MB |",
        f"| --- |{' ---: |' * (len(QUESTIONS) + 1)}",
    ]
    for system, found in figures.items():
        cells = [_cell(found.get(name)) for name in QUESTIONS]
        lines.append(
            f"| {system} | {' | '.join(cells)} | {'–'.join(map(str, result['memory_mb'][system]))} |"
        )
    counts = [str(result["statements"].get(name, "")) for name in QUESTIONS]
    lines.append(f"| SQL statements, cold | {' | '.join(counts)} | |")
    lines += ["", *ratios(figures), *_gains(figures)]
    return "\n".join(lines) + "\n"


def _cell(found: dict[str, float] | None) -> str:
    if not found:
        return ""
    return f"{found['per_second']:,.0f} ({found.get('p50_ms', 0):g} / {found.get('p99_ms', 0):g})"


def ratios(figures: dict[str, Any]) -> list[str]:
    """How our figures stand to the best peer, and to the floor."""
    lines = []
    peers = [name for name in figures if not name.startswith(("ours", "floor", "stock", "Wagtail"))]
    for question in ("A", "B", "C"):
        speeds = [figures[name][question]["per_second"] for name in peers if question in figures[name]]
        mine = figures.get("ours, cold", {}).get(question)
        if speeds and mine:
            lines.append(f"- {question}, cold: {mine['per_second'] / max(speeds):.2f} times the best peer")
    floor = figures.get("floor", {}).get("B")
    for system in ("ours, warm", "ours, warm, Redis"):
        if floor and (mine := figures.get(system, {}).get("B")):
            lines.append(
                f"- B, {system.removeprefix('ours, ')}: {mine['per_second'] / floor['per_second']:.2f} of the floor"
            )
    return lines


def _gains(figures: dict[str, Any]) -> list[str]:
    """By how much each accelerator makes each question faster."""
    lines = []
    for system, found in figures.items():
        if system.startswith("without "):
            shares = [
                f"{name} {figures['ours, cold'][name]['per_second'] / each['per_second'] - 1:+.0%}"
                for name, each in found.items()
                if each["per_second"]
            ]
            lines.append(f"- {system.removeprefix('without ')}: {', '.join(shares)}")
    return lines


def plot(result: dict[str, Any]) -> str:
    """Bars of the requests per second of the three compared questions, each question on its own scale."""
    parts: list[str] = []
    top = 20
    for question in ("A", "B", "C"):
        bars = [
            (system, found[question]["per_second"])
            for system, found in result["figures"].items()
            if question in found and "warm" not in system and system != "floor"
        ]
        most = max((speed for _system, speed in bars), default=1)
        parts.append(f'<text x="0" y="{top}" font-weight="bold">{question}: requests per second, cold</text>')
        top += GAP
        for system, speed in bars:
            length = (WIDTH - LABEL - 70) * speed / most
            colour = "#b3261e" if system.startswith("ours") else "#6b7280"
            parts.append(f'<text x="0" y="{top + 12}">{system}</text>')
            parts.append(f'<rect x="{LABEL}" y="{top}" width="{length:.0f}" height="{BAR}" fill="{colour}"/>')
            parts.append(f'<text x="{LABEL + length + 6:.0f}" y="{top + 12}">{speed:,.0f}</text>')
            top += BAR + GAP
        top += 24
    body = "\n".join(parts)
    style = 'font-family="sans-serif" font-size="12" fill="#111827"'
    size = f'width="{WIDTH}" height="{top}" viewBox="0 0 {WIDTH} {top}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n<title>Requests per second</title>\n{body}\n</svg>\n'
