"""Seven zones of the demonstration. Names and places are real, figures and boundaries are made up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import slugify

from cms.content.demo import NOTE, Demo, heading, paragraph, picture
from zones.models import Enterprise, Industry, Infrastructure, Transport, ZoneDocument, ZoneMapPage, ZonePage
from zones.states import ZoneState

ORDER = 20
#: The reference frontend has it: `npm run demo-tiles` makes it of these zones.
TILES = "/maps/trinh-dien.pmtiles"
INDUSTRIES = [
    "Điện tử",
    "Dệt may",
    "Cơ khí chế tạo",
    "Vật liệu xây dựng",
    "Chế biến nông lâm sản",
    "Bao bì, nhựa",
]


@dataclass(frozen=True)
class Example:
    """A zone to be made; `place` is longitude, latitude, `areas` total, to lease and leased in hectares."""

    name: str
    slug: str
    code: str
    locality: str
    district: str
    state: ZoneState
    place: tuple[float, float]
    areas: tuple[float, float, float]
    established: date
    points: int
    industries: tuple[int, ...]


EXAMPLES = [
    Example("Khu công nghiệp Thụy Vân", "thuy-van", "KCN-TV", "Phường Nông Trang", "Việt Trì", ZoneState.OPERATING,
            (105.349, 21.342), (335, 236, 231), date(1997, 11, 7), 14, (0, 1, 5)),
    Example("Khu công nghiệp Trung Hà", "trung-ha", "KCN-TH", "Xã Thượng Nông", "Tam Nông", ZoneState.OPERATING,
            (105.336, 21.247), (126, 84, 71), date(2005, 8, 15), 11, (2, 3)),
    Example("Khu công nghiệp Phú Hà", "phu-ha", "KCN-PH", "Phường Phong Châu", "thị xã Phú Thọ", ZoneState.OPERATING,
            (105.238, 21.432), (350, 258, 160), date(2014, 6, 20), 17, (0, 2, 5)),
    Example("Khu công nghiệp Cẩm Khê", "cam-khe", "KCN-CK", "Xã Cẩm Khê", "Cẩm Khê", ZoneState.UNDER_CONSTRUCTION,
            (105.128, 21.418), (450, 317, 122), date(2016, 3, 10), 15, (1, 4)),
    Example("Khu công nghiệp Tam Nông", "tam-nong", "KCN-TN", "Xã Tam Nông", "Tam Nông", ZoneState.SITE_CLEARANCE,
            (105.262, 21.301), (350, 245, 0), date(2019, 9, 5), 12, (4,)),
    Example("Khu công nghiệp Phù Ninh", "phu-ninh", "KCN-PN", "Xã Phù Ninh", "Phù Ninh", ZoneState.PLANNED,
            (105.318, 21.452), (100, 70, 0), date(2021, 4, 12), 10, (3, 4)),
    Example("Khu công nghiệp Hạ Hòa", "ha-hoa", "KCN-HH", "Xã Hạ Hòa", "Hạ Hòa", ZoneState.PLANNED,
            (105.008, 21.566), (400, 280, 0), date(2022, 7, 18), 13, (4, 5)),
]  # fmt: skip


def load(demo: Demo) -> None:
    """Make the map and its zones."""
    for name in INDUSTRIES:
        Industry.objects.get_or_create(
            slug=slugify(name.replace("Đ", "D").replace("đ", "d")), defaults={"name": name}
        )
    page, _made = demo.child(
        demo.home,
        ZoneMapPage,
        slug="cac-khu-cong-nghiep",
        title="Các khu công nghiệp",
        introduction=f"<p>Bản đồ các khu công nghiệp của tỉnh. {NOTE}</p>",
        tile_url=TILES,
        tile_attribution="Dữ liệu minh họa",
        tile_max_zoom=12,
    )
    for number, example in enumerate(EXAMPLES):
        _zone(demo, page, example, number)


def outline(place: tuple[float, float], hectares: float, points: int) -> dict[str, Any]:
    """A plausible boundary around a place: a polygon of about that area, its corners in and out a little."""
    longitude, latitude = place
    radius = math.sqrt(hectares * 10_000 / math.pi) / 111_320
    ring = []
    for corner in range(points):
        angle = 2 * math.pi * corner / points
        reach = radius * (1 + 0.18 * math.sin(corner * 2.4 + points))
        x = longitude + 1.25 * reach * math.cos(angle) / math.cos(math.radians(latitude))
        ring.append([round(x, 6), round(latitude + 0.8 * reach * math.sin(angle), 6)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _zone(demo: Demo, page: ZoneMapPage, example: Example, number: int) -> None:
    total, leasable, leased = example.areas
    demo.child(
        page,
        ZonePage,
        slug=example.slug,
        parts=lambda zone: _parts(demo, zone, example, number),
        title=example.name,
        code=example.code,
        state=example.state,
        locality=example.locality,
        former_district=example.district,
        established_on=example.established,
        area_ha=total,
        leasable_area_ha=leasable,
        leased_area_ha=leased,
        figures_as_of=date(2026, 9, 30),
        land_price_amount=60 + 5 * number,
        land_price_unit="m²/50 năm",
        land_price_note="Giá tham khảo, chưa gồm thuế.",
        investor_name=f"Công ty Phát triển hạ tầng {example.name.removeprefix('Khu công nghiệp ')}",
        investor_website="https://example.vn",
        investor_phone="0210.3843021",
        investor_email="dautu@example.vn",
        center_longitude=example.place[0],
        center_latitude=example.place[1],
        boundary=outline(example.place, total, example.points),
        body=[heading("Tổng quan"), paragraph(_overview(example)), paragraph(NOTE)],
    )


def _overview(example: Example) -> str:
    total, leasable, leased = example.areas
    return (
        f"{example.name} nằm trên địa bàn {example.locality}, quy mô {total:.0f} ha, trong đó {leasable:.0f} ha đất công "
        f"nghiệp cho thuê; đến nay đã cho thuê {leased:.0f} ha."
    )


def _parts(demo: Demo, zone: ZonePage, example: Example, number: int) -> None:
    zone.industries.set(Industry.objects.filter(name__in=[INDUSTRIES[each] for each in example.industries]))
    kinds = Infrastructure.Kind
    supplies = [
        (kinds.POWER, "Trạm biến áp 110/22 kV", f"{40 + 5 * number} MVA"),
        (kinds.WATER, "Nhà máy nước sạch", f"{8000 + 1000 * number} m³/ngày đêm"),
        (kinds.WASTE_WATER, "Trạm xử lý nước thải tập trung", f"{3000 + 500 * number} m³/ngày đêm"),
        (kinds.TELECOM, "Cáp quang và phủ sóng 5G", ""),
    ]
    for order, (kind, description, capacity) in enumerate(supplies):
        zone.infrastructure.add(
            Infrastructure(kind=kind, description=description, capacity=capacity, sort_order=order)
        )
    places = [
        (Transport.Kind.AIRPORT, "Sân bay quốc tế Nội Bài", 55 + 8 * number),
        (Transport.Kind.ROAD, "Nút giao cao tốc Nội Bài – Lào Cai", 3 + 2 * number),
        (Transport.Kind.RAIL, "Ga Việt Trì", 4 + 6 * number),
        (Transport.Kind.PORT, "Cảng Hải Phòng", 170 + 9 * number),
    ]
    for order, (kind, name, distance) in enumerate(places):
        zone.transport.add(Transport(kind=kind, name=name, distance_km=distance, sort_order=order))
    for order in range(3 if example.areas[2] else 0):
        zone.enterprises.add(
            Enterprise(
                name=f"Công ty minh họa {example.code}-{order + 1}",
                country=["Việt Nam", "Hàn Quốc", "Nhật Bản"][order],
                industry=INDUSTRIES[example.industries[order % len(example.industries)]],
                sort_order=order,
            )
        )
    zone.plan = demo.document(f"quy-hoach-{zone.slug}.pdf", f"Quy hoạch {example.name}")
    zone.document_links.add(
        ZoneDocument(
            document=demo.document(f"gioi-thieu-{zone.slug}.pdf", f"Giới thiệu {example.name}"), sort_order=0
        )
    )
    zone.pictures = [
        picture(demo.image(["khu-cong-nghiep", "nha-xuong", "ban-do"][number % 3]), example.name)
    ]
