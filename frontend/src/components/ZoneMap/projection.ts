import type { Position } from "geojson";
import type { Boundary, Box } from "./zones.ts";
import { ringsIn } from "./zones.ts";

/** Places on a drawing: the spherical Mercator of web maps (EPSG:3857), scaled to a width in units of the drawing. */
export interface Projection {
  width: number;
  height: number;
  point(place: Position): [number, number];
}

const mercator = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));

const tenths = (number: number) => Math.round(number * 10) / 10;

export function projection(box: Box, width: number): Projection {
  const scale = width / (((box.east - box.west) * Math.PI) / 180);
  const top = mercator(box.north);
  return {
    width,
    height: tenths((top - mercator(box.south)) * scale),
    point: ([longitude = 0, latitude = 0]) => [
      tenths(((longitude - box.west) * Math.PI * scale) / 180),
      tenths((top - mercator(latitude)) * scale),
    ],
  };
}

/** The `d` of a boundary; holes come out by `fill-rule="evenodd"`. */
export function pathOf(boundary: Boundary | null, onto: Projection): string {
  return ringsIn(boundary)
    .map((ring) => `M${ring.map((place) => onto.point(place).join(",")).join("L")}Z`)
    .join("");
}

/** Length of a bar for the scale, in kilometres and units: the longest round number within a third of the width. */
export function scaleBar(box: Box, onto: Projection): { kilometres: number; units: number } {
  const middle = ((box.south + box.north) / 2) * (Math.PI / 180);
  const across = (box.east - box.west) * 111.32 * Math.cos(middle);
  const most = across / 3;
  const power = 10 ** Math.floor(Math.log10(most));
  const kilometres = ([5, 2].find((each) => each * power <= most) ?? 1) * power;
  return { kilometres, units: Math.round((kilometres / across) * onto.width) };
}
