"""Pictures for the demonstration, drawn here: flat colours, no licence to ask for."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1600, 900)
SCALE = 2  # Drawn twice as large and made smaller, which smooths the edges.
SKY, MIST, LEAF, DEEP, EARTH = "#e8f1f2", "#c9dcdc", "#5f9a5b", "#2f6b4f", "#b98b5e"
WATER, BRICK, NIGHT, SUN, PAPER = "#5b9bb5", "#b5533c", "#23405c", "#f2c14e", "#fbf7ef"

Painter = Callable[[ImageDraw.ImageDraw, int, int], None]


def hills(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """Tea hills of the midlands in morning light."""
    _sun(draw, width * 0.74, height * 0.26, height * 0.09)
    for layer, color in enumerate(["#bcd6c6", "#93bd95", LEAF, DEEP]):
        base = height * (0.45 + 0.13 * layer)
        _ridge(
            draw,
            width,
            height,
            base=base,
            swing=height * 0.07,
            waves=1.4 + 0.5 * layer,
            shift=layer,
            color=color,
        )
    for row in range(7):
        y = height * (0.88 + 0.02 * row)
        points = [(x, y + math.sin(x / width * 12 + row) * height * 0.012) for x in range(0, width + 1, 8)]
        draw.line(points, fill="#4d8f63", width=height // 180)


def skyline(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """An industrial zone with halls, a chimney and a water tower."""
    ground = height * 0.8
    for number in range(6):
        left, top = width * (0.04 + 0.16 * number), height * (0.5 + 0.05 * (number % 3))
        draw.rectangle(
            [left, top, left + width * 0.14, ground], fill=[NIGHT, "#3c6382", "#54799a"][number % 3]
        )
        for tooth in range(4):
            x = left + tooth * width * 0.035
            draw.polygon([(x, top), (x, top - height * 0.05), (x + width * 0.035, top)], fill="#7d9bb5")
        for window in range(5):
            x = left + width * (0.012 + 0.025 * window)
            draw.rectangle([x, top + height * 0.06, x + width * 0.014, top + height * 0.1], fill=SUN)
    draw.rectangle([width * 0.83, height * 0.22, width * 0.86, ground], fill=BRICK)
    draw.rectangle([0, ground, width, height], fill="#8fae8b")
    draw.rectangle([0, height * 0.87, width, height * 0.92], fill="#59636b")


def river(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """The river where three rivers meet, with a bridge."""
    _ridge(draw, width, height, base=height * 0.46, swing=height * 0.06, waves=2, shift=1, color="#9dbfa3")
    draw.rectangle([0, height * 0.56, width, height], fill=WATER)
    for row in range(9):
        y = height * (0.62 + 0.042 * row)
        points = [
            (x, y + math.sin(x / width * 18 + row * 2) * height * 0.006) for x in range(0, width + 1, 8)
        ]
        draw.line(points, fill="#86bccf", width=height // 220)
    draw.rectangle([0, height * 0.5, width, height * 0.53], fill=NIGHT)
    for number in range(6):
        x = width * (0.08 + 0.17 * number)
        draw.rectangle([x, height * 0.53, x + width * 0.015, height * 0.66], fill="#3c6382")
        draw.line([(x, height * 0.36), (x - width * 0.08, height * 0.5)], fill=NIGHT, width=height // 150)
        draw.line([(x, height * 0.36), (x + width * 0.08, height * 0.5)], fill=NIGHT, width=height // 150)


def people(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """People hand in hand: nobody is left behind."""
    draw.rectangle([0, height * 0.82, width, height], fill="#cfe0c3")
    colors = [BRICK, "#3c6382", LEAF, SUN, "#8e5a8a", DEEP, EARTH]
    spots = [(width * (0.11 + 0.13 * number), height * (0.34 + 0.05 * (number % 3))) for number in range(7)]
    for (x, top), (beside, beside_top) in itertools.pairwise(spots):
        draw.line(
            [(x, top + height * 0.3), (beside, beside_top + height * 0.3)], fill="#e8b98f", width=height // 40
        )
    for (x, top), color in zip(spots, colors, strict=True):
        draw.rounded_rectangle(
            [x - width * 0.035, top + height * 0.13, x + width * 0.035, height * 0.86],
            height // 25,
            fill=color,
        )
        draw.ellipse([x - height * 0.06, top, x + height * 0.06, top + height * 0.12], fill="#e8b98f")


def houses(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """A new village: houses, trees and a road."""
    _ridge(draw, width, height, base=height * 0.5, swing=height * 0.07, waves=1.6, shift=2, color="#a9c9a4")
    draw.rectangle([0, height * 0.72, width, height], fill="#9cc08b")
    for number in range(4):
        left, top = width * (0.08 + 0.23 * number), height * 0.52
        draw.rectangle([left, top, left + width * 0.13, height * 0.76], fill=PAPER)
        draw.polygon(
            [
                (left - width * 0.015, top),
                (left + width * 0.065, top - height * 0.13),
                (left + width * 0.145, top),
            ],
            fill=BRICK,
        )
        draw.rectangle([left + width * 0.05, height * 0.62, left + width * 0.08, height * 0.76], fill=EARTH)
        draw.ellipse([left + width * 0.15, height * 0.48, left + width * 0.2, height * 0.68], fill=DEEP)
    draw.polygon(
        [
            (width * 0.3, height),
            (width * 0.47, height * 0.76),
            (width * 0.53, height * 0.76),
            (width * 0.7, height),
        ],
        fill="#c9c3b6",
    )


def contours(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """A map with contour lines and marked areas."""
    draw.rectangle([0, 0, width, height], fill="#eef3ec")
    for ring in range(14):
        points = []
        for step in range(121):
            angle = step / 120 * 2 * math.pi
            radius = height * (0.06 + 0.06 * ring) * (1 + 0.16 * math.sin(3 * angle + ring / 3))
            points.append(
                (width * 0.46 + 1.5 * radius * math.cos(angle), height * 0.5 + radius * math.sin(angle))
            )
        draw.line(points, fill="#b7cbb5", width=height // 220)
    for x, y, color in [
        (0.3, 0.36, "#0b6fa4"),
        (0.55, 0.6, "#c4560f"),
        (0.72, 0.3, "#e0a100"),
        (0.42, 0.74, "#8a8f98"),
    ]:
        shape = [(-0.06, -0.05), (0.05, -0.07), (0.08, 0.03), (0.01, 0.08), (-0.07, 0.05)]
        draw.polygon([(width * (x + dx * 0.7), height * (y + dy)) for dx, dy in shape], fill=color)


def office(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """A public office with steps and columns."""
    draw.rectangle([0, height * 0.8, width, height], fill="#cdd6cb")
    draw.polygon(
        [(width * 0.2, height * 0.4), (width * 0.5, height * 0.2), (width * 0.8, height * 0.4)], fill=BRICK
    )
    draw.rectangle([width * 0.22, height * 0.4, width * 0.78, height * 0.76], fill=PAPER)
    for number in range(6):
        x = width * (0.26 + 0.09 * number)
        draw.rectangle([x, height * 0.43, x + width * 0.025, height * 0.74], fill="#d9c9a3")
    for step in range(3):
        left = width * (0.2 - 0.02 * step)
        draw.rectangle(
            [left, height * (0.75 + 0.025 * step), width - left, height * (0.78 + 0.025 * step)],
            fill=["#b9ad92", "#a99d83", "#988c74"][step],
        )
    draw.line([(width * 0.5, height * 0.2), (width * 0.5, height * 0.07)], fill=NIGHT, width=height // 120)
    draw.rectangle([width * 0.5, height * 0.07, width * 0.57, height * 0.13], fill="#c8102e")


def workshop(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    """Gears of a workshop."""
    draw.rectangle([0, 0, width, height], fill="#e9eef2")
    for x, y, radius, teeth, color in [
        (0.34, 0.52, 0.26, 14, "#3c6382"),
        (0.62, 0.4, 0.17, 10, BRICK),
        (0.74, 0.7, 0.13, 9, LEAF),
    ]:
        _gear(draw, width * x, height * y, height * radius, teeth, color)


def _gear(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, teeth: int, color: str) -> None:
    points = []
    for step in range(teeth * 4):
        angle = step / (teeth * 4) * 2 * math.pi
        reach = radius * (1.16 if step % 4 in (1, 2) else 1)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    draw.polygon(points, fill=color)
    draw.ellipse([x - radius * 0.45, y - radius * 0.45, x + radius * 0.45, y + radius * 0.45], fill="#e9eef2")


def _sun(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=SUN)


def _ridge(
    draw: ImageDraw.ImageDraw,
    width: int,
    height: int,
    *,
    base: float,
    swing: float,
    waves: float,
    shift: float,
    color: str,
) -> None:
    points = [
        (x, base - swing * math.sin(x / width * waves * 2 * math.pi + shift)) for x in range(0, width + 1, 8)
    ]
    draw.polygon([*points, (width, height), (0, height)], fill=color)


#: Motif -> painter, what the picture shows.
MOTIFS: dict[str, tuple[Painter, str]] = {
    "doi-che": (hills, "Đồi chè trung du trong nắng sớm"),
    "khu-cong-nghiep": (skyline, "Dãy nhà xưởng và ống khói của một khu công nghiệp"),
    "cau-qua-song": (river, "Cây cầu dây văng bắc qua dòng sông rộng"),
    "chung-tay": (people, "Bảy người nắm tay nhau đứng thành hàng"),
    "nong-thon-moi": (houses, "Những ngôi nhà mái ngói và con đường làng"),
    "ban-do": (contours, "Bản đồ đường đồng mức với bốn khu vực được tô màu"),
    "tru-so": (office, "Trụ sở cơ quan với hàng cột và lá cờ đỏ"),
    "nha-xuong": (workshop, "Ba bánh răng của một xưởng cơ khí"),
}


def painted(motif: str) -> bytes:
    """A motif as a JPEG of 1600 by 900 pixels; the same bytes each time."""
    painter, _alt = MOTIFS[motif]
    width, height = SIZE[0] * SCALE, SIZE[1] * SCALE
    canvas = Image.new("RGB", (width, height), SKY)
    painter(ImageDraw.Draw(canvas), width, height)
    return _encoded(canvas.resize(SIZE, Image.Resampling.LANCZOS), "JPEG")


def logo() -> bytes:
    """The demonstration's logo as a PNG: a hill, a river and a gear."""
    canvas = Image.new("RGB", (1024, 1024), "#0d4f3c")
    draw = ImageDraw.Draw(canvas)
    _gear(draw, 512, 512, 380, 16, "#f2c14e")
    draw.ellipse([192, 192, 832, 832], fill=PAPER)
    draw.chord([192, 192, 832, 832], 10, 170, fill=WATER)
    draw.polygon([(240, 580), (430, 360), (540, 500), (630, 410), (790, 580)], fill=DEEP)
    return _encoded(canvas.resize((512, 512), Image.Resampling.LANCZOS), "PNG")


def _encoded(canvas: Image.Image, image_format: str) -> bytes:
    buffer = BytesIO()
    canvas.save(buffer, image_format, **({"quality": 88} if image_format == "JPEG" else {}))
    return buffer.getvalue()
