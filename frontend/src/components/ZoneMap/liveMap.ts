// The map in the browser. Loaded when one comes into sight, and with it Leaflet.
import { control, latLngBounds, map as leafletMap, tileLayer } from "leaflet";
import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import leafletStyle from "leaflet/dist/leaflet.css?url";
import ownStyle from "./liveMap.css?url";
import { DrawnZone } from "./drawnZone.ts";
import { labelsFor } from "./labels.ts";
import { wording } from "./wording.ts";
import { boxAround, entryOf } from "./zones.ts";
import type { Box, MapData } from "./zones.ts";

export interface LiveMap {
  /** Show the zones in these states and no others. */
  show(states: Set<string>): void;
  /** Point at a zone, or at none. */
  point(zone: string | null): void;
}

interface Options {
  /** Whether the map begins around its zones; else with its own view. */
  around: boolean;
  /** Told which zone a reader points at on the map. */
  onPoint(zone: string | null): void;
}

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
  const { zones, legend, language } = data;
  const ground = document.createElement("div");
  ground.className = "live-map";
  ground.classList.toggle("has-names", zones.length <= MANY);
  ground.setAttribute("role", "region");
  ground.setAttribute("aria-label", `${wording(language).map}. ${wording(language).keys}`);
  stage.replaceChildren(ground);
  const map = mapOn(ground, data, around);
  const drawn = zones.map(
    (zone) => new DrawnZone(map, zone, { entry: entryOf(zone.state, legend), language, onPoint }),
  );
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
  return {
    show: (states) => {
      drawn.forEach((each) => each.toggle(states.has(each.zone.state)));
      name();
    },
    point: (id) => drawn.forEach((each) => each.emphasize(each.zone.id === id)),
  };
}

function mapOn(
  ground: HTMLElement,
  { zones, viewport, tiles, language }: MapData,
  around: boolean,
): LeafletMap {
  const bounds = boundsOf(viewport.bounds);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = leafletMap(ground, {
    maxBounds: bounds,
    maxBoundsViscosity: 1,
    maxZoom: tiles?.maxZoom ?? 16,
    // Pictures look best at whole steps; lines can be drawn at any.
    zoomSnap: tiles ? 1 : 0.25,
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
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (tiles) {
    const { url, attribution, maxZoom } = tiles;
    tileLayer(url, { attribution, maxZoom, bounds, noWrap: true }).addTo(map);
  }
  // So far out that all within the bounds is in sight; where there are tiles, that nothing beyond them is.
  const keepInside = () => map.setMinZoom(map.getBoundsZoom(bounds, tiles !== null));
  map.on("resize", keepInside);
  const box = around ? boxAround(zones) : null;
  if (box) map.fitBounds(boundsOf(box), { maxZoom: 14 });
  else map.setView([viewport.center.latitude, viewport.center.longitude], viewport.zoom);
  keepInside();
  const all = boxAround(zones);
  // A small screen may show less than the editor saw.
  if (all && !map.getBounds().contains(boundsOf(all))) map.fitBounds(boundsOf(all));
  return map;
}

function boundsOf(box: Box): LatLngBounds {
  return latLngBounds([box.south, box.west], [box.north, box.east]);
}
