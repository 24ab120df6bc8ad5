// The map in the browser. Loaded when one comes into sight, and with it Leaflet.
import * as leaflet from "leaflet";
import { control, geoJSON, latLngBounds, map as leafletMap, tileLayer } from "leaflet";
import type { FitBoundsOptions, LatLngBounds, Map as LeafletMap } from "leaflet";
import leafletStyle from "leaflet/dist/leaflet.css?url";
import ownStyle from "./liveMap.css?url";
import { DrawnZone } from "./drawnZone.ts";
import { labelsFor } from "./labels.ts";
import { MeasureTool } from "./measureTool.ts";
import { wording } from "./wording.ts";
import { ZoomTo } from "./zoomTo.ts";
import { boxAround, entryOf } from "./zones.ts";
import type { Box, MapData, Tiles } from "./zones.ts";

export interface LiveMap {
  /** Show the zones with these ids and no others. */
  show(ids: Set<string>): void;
  /** Point at a zone, or at none. */
  point(zone: string | null): void;
}

interface Options {
  /** Whether the map begins around its zones; else with its own view. */
  around: boolean;
  /** Told which zone a reader points at on the map. */
  onPoint(zone: string | null): void;
}

/** Room for what stands in the corners of the map. */
const AMONG: FitBoundsOptions = { maxZoom: 14, paddingTopLeft: [36, 48], paddingBottomRight: [36, 16] };
const MANY = 12; // more names than these would cover each other

/** Resolves when the map's styles are there; pages without a map do not load them. */
export const styled = Promise.all([leafletStyle, ownStyle].map(styleFrom));

function styleFrom(href: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}

export function drawMap(stage: HTMLElement, data: MapData, { around, onPoint }: Options): LiveMap {
  const { zones, legend, language, about } = data;
  const ground = document.createElement("div");
  ground.className = "live-map";
  ground.classList.toggle("has-names", zones.length <= MANY);
  ground.setAttribute("role", "region");
  ground.setAttribute("aria-label", `${wording(language).map}. ${wording(language).keys}`);
  stage.replaceChildren(ground);
  const map = mapOn(ground, data, around);
  const drawn = zones.map((zone) => {
    const isAside = about !== null && zone.id !== about;
    return new DrawnZone(map, zone, { entry: entryOf(zone.state, legend), language, isAside, onPoint });
  });
  const name = () => {
    const shown = drawn.filter((each) => each.isShown);
    const { x, y } = map.getSize();
    labelsFor(
      shown.map((each) => each.place),
      x,
      y,
    ).forEach(({ side }, number) => shown[number]!.label(side));
  };
  name();
  map.on("zoomend resize", name);
  // A list beside it that grows or shrinks does so to the map.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(ground);
  return {
    show: (ids) => {
      drawn.forEach((each) => each.toggle(ids.has(each.zone.id ?? "")));
      name();
    },
    point: (id) => drawn.forEach((each) => each.emphasize(each.zone.id === id)),
  };
}

function mapOn(ground: HTMLElement, data: MapData, around: boolean): LeafletMap {
  const { zones, viewport, tiles, outline, about, language } = data;
  const bounds = boundsOf(viewport.bounds);
  const pictures = tiles?.format === "RASTER" ? tiles : null;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = leafletMap(ground, {
    maxBounds: bounds,
    maxBoundsViscosity: 1,
    maxZoom: pictures?.maxZoom ?? 16,
    // Pictures look best at whole steps; lines can be drawn at any.
    zoomSnap: pictures ? 1 : 0.25,
    zoomControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    // The page must scroll on: the wheel belongs to the map while it has the focus, one finger always to the page.
    scrollWheelZoom: false,
    dragging: !matchMedia("(pointer: coarse)").matches,
  });
  const { zoomIn, zoomOut } = wording(language);
  map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
  control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  control.scale({ imperial: false }).addTo(map);
  new MeasureTool(language).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (tiles) void addTiles(map, tiles, bounds, language);
  if (outline)
    geoJSON(outline, { interactive: false, style: { className: "outline", fill: false } }).addTo(map);
  // So far out that all within the bounds is in sight; where there are pictures, which go on beyond them, that those are not.
  const keepInside = () => map.setMinZoom(map.getBoundsZoom(bounds, pictures !== null));
  // Before there is a view: a map that begins with an animation takes no keys meanwhile.
  keepInside();
  map.on("resize", keepInside);
  const box = around ? boxAround(zones) : null;
  if (box) map.fitBounds(boundsOf(box), zones.length > 1 ? AMONG : { maxZoom: 14 });
  else map.setView([viewport.center.latitude, viewport.center.longitude], viewport.zoom);
  const all = boxAround(zones);
  // A small screen may show less than the editor saw.
  if (all && !map.getBounds().contains(boundsOf(all))) map.fitBounds(boundsOf(all), { animate: false });
  const own = zones.find(({ id }) => id === about);
  if (own && zones.length > 1) new ZoomTo(own, boundsOf(boxAround([own])!), language).addTo(map);
  return map;
}

async function addTiles(
  map: LeafletMap,
  { url, format, attribution, maxZoom }: Tiles,
  bounds: LatLngBounds,
  language: string,
): Promise<void> {
  const options = { attribution, bounds, noWrap: true };
  if (format === "RASTER") {
    tileLayer(url, { ...options, maxZoom }).addTo(map);
    return;
  }
  // It finds Leaflet there.
  Object.assign(globalThis, { L: leaflet });
  const [{ leafletLayer }, { PMTiles }] = await Promise.all([import("protomaps-leaflet"), import("pmtiles")]);
  const archive = new PMTiles(new URL(url, location.origin).href);
  try {
    const { maxZoom: maxDataZoom } = await archive.getHeader();
    map.getContainer().classList.add("on-earth");
    leafletLayer({ ...options, url: archive, maxDataZoom, flavor: "light", lang: language }).addTo(map);
  } catch (error) {
    // The map is of use without its background.
    console.info(`${url}: ${String(error)}`);
  }
}

function boundsOf(box: Box): LatLngBounds {
  return latLngBounds([box.south, box.west], [box.north, box.east]);
}
