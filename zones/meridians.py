"""Central meridians of VN-2000, the national system of coordinates."""

from __future__ import annotations

#: Zones of three degrees (scale 0.9999 at the central meridian) by their EPSG code. Which province has which meridian
#: stands in Circular 25/2014/TT-BTNMT; the provinces named here are those that became Phú Thọ on 1 July 2025, and the
#: EPSG registry has the same for two of them (area of use of 9208 and 9211).
MERIDIANS = {
    9205: "103°00′",
    9206: "104°00′",
    9207: "104°30′",
    9208: "104°45′ (Phú Thọ)",
    5897: "105°00′ (Vĩnh Phúc)",
    9209: "105°30′",
    9210: "105°45′",
    9211: "106°00′ (Hòa Bình)",
    9212: "106°15′",
    9213: "106°30′",
    9214: "107°00′",
    9215: "107°15′",
    9216: "107°30′",
    5899: "107°45′",
    5898: "108°00′",
    9217: "108°15′",
    9218: "108°30′",
}
DEFAULT_MERIDIAN = 9208
