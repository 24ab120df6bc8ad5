import type { MultiPolygon, Polygon, Position } from "geojson";
import type { Language } from "../../lib/graphql.ts";
import { percent, quantity } from "../../lib/numbers.ts";
import { wording } from "./wording.ts";

const COARSE = 0.001; // degrees

export type Boundary = Polygon | MultiPolygon;

export interface Place {
  latitude: number;
  longitude: number;
}

/** Degrees of WGS 84. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

export interface Viewport {
  center: Place;
  zoom: number;
  bounds: Box;
}

/** A zone as a map needs it: `ZonePage` of the schema, or a part of it. */
export interface Zone {
  id?: string | null;
  name: string;
  url?: string | null;
  state: string;
  areaHa?: number;
  freeAreaHa?: number;
  occupancyPercent?: number | null;
  industries?: { slug: string; name: string }[];
  center: Place;
  /** GeoJSON of the CMS, which has checked it. */
  boundary?: unknown;
}

export interface LegendEntry {
  state: string;
  label: string;
  color: string;
}

export interface Tiles {
  /** A template of raster tiles, or a PMTiles archive; the latter's may be a path of this site. */
  url: string;
  format: string;
  attribution: string;
  maxZoom: number;
}

/** What the browser's map is made of. */
export interface MapData {
  zones: Zone[];
  legend: LegendEntry[];
  viewport: Viewport;
  tiles: Tiles | null;
  /** GeoJSON of the province. */
  outline: Boundary | null;
  /** The one that the map is about, its neighbours around it; null on a map of all. */
  about: string | null;
  language: Language;
}

export function boundaryOf(zone: Zone): Boundary | null {
  return (zone.boundary as Boundary | null | undefined) ?? null;
}

/** The outer and inner rings of a boundary, all alike. */
export function ringsIn(boundary: Boundary | null): Position[][] {
  if (!boundary) return [];
  return boundary.type === "Polygon" ? boundary.coordinates : boundary.coordinates.flat();
}

export function ringsOf(zone: Zone): Position[][] {
  return ringsIn(boundaryOf(zone));
}

/** The name without the words that all of them have. */
export function shortName(zone: Zone): string {
  return zone.name.replace(/^Khu công nghiệp\s+|\s+Industrial (Zone|Park)$/i, "");
}

/** The name as a list of zones says it: readers of another language need not know its Vietnamese beginning. */
export function listedName(zone: Zone, language: Language): string {
  return language === "vi" ? zone.name : shortName(zone);
}

/** How a zone's state is said and drawn, whatever the legend leaves out. */
export function entryOf(state: string, legend: LegendEntry[]): LegendEntry {
  return legend.find((entry) => entry.state === state) ?? { state, label: state, color: "#5b6470" };
}

/** How much of a zone is leased, in percent; null where there is nothing to lease yet. */
export function occupancyOf({
  state,
  occupancyPercent,
}: Pick<Zone, "state" | "occupancyPercent">): number | null {
  return state === "OPERATING" || occupancyPercent ? (occupancyPercent ?? null) : null;
}

/** Area and occupancy, e.g. "350 ha, lấp đầy 62%". */
export function figuresOf(zone: Zone, language: Language): string {
  const said = [];
  if (zone.areaHa != null) said.push(quantity(zone.areaHa, "ha", language));
  const occupancy = occupancyOf(zone);
  if (occupancy !== null) said.push(wording(language).occupancy(percent(occupancy, language)));
  return said.join(", ");
}

/** A boundary without the points that no map of a province shows: each about 100 m from the one before it. */
export function coarse(boundary: Boundary | null): Boundary | null {
  if (!boundary) return null;
  const thinned = (ring: Position[]) => {
    const kept: Position[] = [];
    for (const place of ring) {
      const last = kept.at(-1);
      if (!last || Math.hypot(place[0]! - last[0]!, place[1]! - last[1]!) >= COARSE) kept.push(place);
    }
    // Closed again, and never less than a triangle.
    return kept.length < 4 ? ring : [...kept.slice(0, -1), ring.at(-1)!];
  };
  const parts = boundary.type === "Polygon" ? [boundary.coordinates] : boundary.coordinates;
  return { type: "MultiPolygon", coordinates: parts.map((rings) => rings.map(thinned)) };
}

/** The smallest box around all zones, with a margin of a tenth on each side; null where there are none. */
export function boxAround(zones: Zone[]): Box | null {
  const places = zones.flatMap((zone) => [
    [zone.center.longitude, zone.center.latitude] as Position,
    ...ringsOf(zone).flat(),
  ]);
  if (places.length === 0) return null;
  const longitudes = places.map(([longitude = 0]) => longitude);
  const latitudes = places.map(([, latitude = 0]) => latitude);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  const across = Math.max(east - west, 0.01) / 10;
  const up = Math.max(north - south, 0.01) / 10;
  return { west: west - across, south: south - up, east: east + across, north: north + up };
}

/** A view of all zones, for who has no map page of the CMS to go by. */
export function viewAround(zones: Zone[]): Viewport {
  const bounds = boxAround(zones) ?? { west: 104.8, south: 21, east: 105.5, north: 21.7 };
  const center = { latitude: (bounds.south + bounds.north) / 2, longitude: (bounds.west + bounds.east) / 2 };
  return { bounds, center, zoom: 10 };
}
