"""Takes the pictures of docs/editors.md anew from what tests/e2e/portal/test_admin_screens.py has left."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SEEN, KEPT = ROOT / "var" / "screenshots", ROOT / "docs" / "images" / "editors"
SIZE, COLORS = (1200, 800), 64


def main() -> None:
    for kept in sorted(KEPT.glob("*.png")):
        with Image.open(SEEN / f"admin-{kept.name}") as seen:
            small = seen.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
            small.quantize(COLORS, dither=Image.Dither.NONE).save(kept, optimize=True)
        print(kept.relative_to(ROOT))


if __name__ == "__main__":
    main()
