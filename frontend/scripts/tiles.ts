// npm run tiles -- roads-and-rivers.geojson public/maps/phu-tho.pmtiles
// Each feature says in `layer` and `kind` what it is, by Protomaps' words: https://docs.protomaps.com/basemaps/layers
import { readFileSync, writeFileSync } from "node:fs";
import type { FeatureCollection, Position } from "geojson";
import { archive } from "./archive.ts";

const [from, to] = process.argv.slice(2);
if (!from || !to) throw new Error("npm run tiles -- <GeoJSON of features> <file.pmtiles>");
const collection = JSON.parse(readFileSync(from, "utf8")) as FeatureCollection;
const places = collection.features.flatMap(({ geometry }) =>
  "coordinates" in geometry ? positions(geometry.coordinates) : [],
);
const [longitudes, latitudes] = [0, 1].map((axis) => places.map((place) => place[axis]!));
const least = (numbers: number[]) => numbers.reduce((one, other) => Math.min(one, other));
const most = (numbers: number[]) => numbers.reduce((one, other) => Math.max(one, other));
const bounds = {
  west: least(longitudes!),
  south: least(latitudes!),
  east: most(longitudes!),
  north: most(latitudes!),
};
writeFileSync(to, archive(collection, { bounds, minZoom: 6, maxZoom: 12 }));

function positions(coordinates: unknown): Position[] {
  const list = coordinates as unknown[];
  return typeof list[0] === "number" ? [list as Position] : list.flatMap(positions);
}
