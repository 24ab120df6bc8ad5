import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, parametersOf, readChoice } from "../src/components/ZoneMap/choice.ts";
import { labelsFor } from "../src/components/ZoneMap/labels.ts";
import { areaHa, lengthKm } from "../src/components/ZoneMap/measuring.ts";
import { pathOf, projection, scaleBar } from "../src/components/ZoneMap/projection.ts";
import {
  boundaryOf,
  boxAround,
  coarse,
  figuresOf,
  ringsIn,
  shortName,
  viewAround,
  type Zone,
} from "../src/components/ZoneMap/zones.ts";

const ring = [
  [105, 21],
  [105.5, 21],
  [105.5, 21.5],
  [105, 21],
];
const zone: Zone = {
  id: "1",
  name: "Khu công nghiệp Thụy Vân",
  url: "/thuy-van/",
  state: "OPERATING",
  areaHa: 335.5,
  occupancyPercent: 97.9,
  center: { latitude: 21.2, longitude: 105.2 },
  boundary: { type: "Polygon", coordinates: [ring] },
};
const box = { west: 105, south: 21, east: 105.5, north: 21.5 };

test("a name is said without the words that all names begin with", () => {
  assert.equal(shortName(zone), "Thụy Vân");
});

test("figures are written as the language has them", () => {
  assert.equal(figuresOf(zone, "vi"), "335,5\u00a0ha, lấp đầy\u00a098%");
  assert.equal(figuresOf(zone, "en"), "335.5\u00a0ha, 98%\u00a0occupied");
  assert.equal(figuresOf({ ...zone, occupancyPercent: null }, "vi"), "335,5\u00a0ha");
  assert.equal(figuresOf({ ...zone, state: "PLANNED", occupancyPercent: 0 }, "vi"), "335,5\u00a0ha");
});

test("corners of the box are corners of the drawing", () => {
  const onto = projection(box, 500);
  assert.deepEqual(onto.point([105, 21.5]), [0, 0]);
  assert.deepEqual(onto.point([105.5, 21]), [500, onto.height]);
  assert.equal(
    pathOf(boundaryOf(zone), onto),
    `M0,${onto.height}L500,${onto.height}L500,0L0,${onto.height}Z`,
  );
});

test("all parts and holes of a boundary are drawn", () => {
  const both = { ...zone, boundary: { type: "MultiPolygon", coordinates: [[ring, ring], [ring]] } };
  assert.equal(pathOf(boundaryOf(both), projection(box, 500)).match(/M/g)?.length, 3);
  assert.equal(pathOf(null, projection(box, 500)), "");
});

test("the box is around boundaries and middles, with a margin", () => {
  assert.equal(boxAround([]), null);
  const { west, north } = boxAround([zone])!;
  assert.equal(west.toFixed(3), "104.950");
  assert.equal(north.toFixed(3), "21.550");
  assert.equal(viewAround([zone]).center.longitude.toFixed(3), "105.250");
});

test("the scale is a round number of kilometres, a third of the width at the most", () => {
  const { kilometres, units } = scaleBar(box, projection(box, 500));
  assert.equal(kilometres, 10);
  assert.equal(units, 96);
});

test("a name goes to the other side where it would cover a neighbour or be cut off", () => {
  const sides = (places: { x: number; y: number; name: string }[]) =>
    labelsFor(places, 320, 300).map(({ side }) => side);
  assert.deepEqual(sides([{ x: 50, y: 50, name: "Hạ Hòa" }]), ["right"]);
  assert.deepEqual(sides([{ x: 310, y: 50, name: "Hạ Hòa" }]), ["left"]);
  assert.deepEqual(
    sides([
      { x: 150, y: 50, name: "Cẩm Khê" },
      { x: 190, y: 50, name: "Phú Hà" },
    ]),
    ["left", "right"],
  );
});

test("zones fit a choice of states, industry and free area", () => {
  const free = { ...zone, freeAreaHa: 98, industries: [{ slug: "det-may", name: "Dệt may" }] };
  const isShown = (query: string) => fits(free, readChoice(new URLSearchParams(query)));
  assert.equal(isShown(""), true);
  assert.equal(isShown("trang-thai=PLANNED&trang-thai=OPERATING"), true);
  assert.equal(isShown("trang-thai=PLANNED"), false);
  assert.equal(isShown("trang-thai="), false);
  assert.equal(isShown("nganh=det-may&con-trong=98"), true);
  assert.equal(isShown("nganh=dien-tu"), false);
  assert.equal(isShown("con-trong=98,5"), false);
  assert.equal(isShown("nganh=&con-trong=nhieu"), true);
});

test("an address says what a form leaves out", () => {
  const form = (entries: [string, string][]) => {
    const made = new FormData();
    for (const [name, value] of entries) made.append(name, value);
    return parametersOf(made, 2).toString();
  };
  const both: [string, string][] = [
    ["trang-thai", "PLANNED"],
    ["trang-thai", "OPERATING"],
  ];
  assert.equal(form([...both, ["nganh", ""], ["con-trong", ""]]), "");
  assert.equal(form([both[0]!, ["con-trong", "50"]]), "trang-thai=PLANNED&con-trong=50");
  assert.equal(form([]), "trang-thai=");
});

test("lengths and areas are those of the earth", () => {
  const spot = (lat: number, lng: number) => ({ lat, lng });
  // A degree of latitude, and a square of a tenth of a degree at 21 degrees north: 111.2 km, 11.12 by 10.38 km.
  assert.equal(lengthKm([spot(21, 105), spot(22, 105)]).toFixed(1), "111.2");
  assert.equal(lengthKm([spot(21, 105), spot(21.1, 105), spot(21, 105)]).toFixed(2), "22.24");
  const square = [spot(21, 105), spot(21, 105.1), spot(21.1, 105.1), spot(21.1, 105)];
  assert.equal(areaHa(square).toFixed(0), "11539");
  assert.equal(areaHa(square.toReversed()).toFixed(0), "11539");
  assert.equal(lengthKm([spot(21, 105)]), 0);
});

test("an outline loses the points that a map does not show, and stays closed", () => {
  const fine = Array.from({ length: 1001 }, (_each, place) => [105 + place / 10_000, 21]);
  const long = [...fine, [105.1, 21.1], [105, 21]];
  const kept = ringsIn(coarse({ type: "Polygon", coordinates: [long] }))[0]!;
  assert.ok(kept.length < 110);
  assert.deepEqual(kept.at(-1), kept[0]);
  assert.deepEqual(ringsIn(coarse({ type: "Polygon", coordinates: [ring] }))[0], ring);
});
