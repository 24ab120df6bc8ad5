// A small PMTiles archive of GeoJSON: a base map of an office's own roads, rivers and boundaries.
// https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
import { gzipSync } from "node:zlib";
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import type { Feature, FeatureCollection } from "geojson";
import { zxyToTileId } from "pmtiles";

/** Degrees of WGS 84. */
export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

interface Options {
  bounds: Bounds;
  minZoom: number;
  maxZoom: number;
  attribution?: string;
}

interface Tile {
  id: number;
  data: Uint8Array;
}

const EXTENT = 4096; // units of a tile
const HEADER = 127;
const MAX_ROOT = 16384 - HEADER; // what a client reads first holds header and directory
const GZIP = 2;
const MVT = 1;

/** The bytes of the archive. `properties.layer` says each feature's layer, its other properties go along.
 *
 * Throws RangeError where it had more tiles than one directory holds (some thousands): tippecanoe is made for those. */
export function archive(collection: FeatureCollection, options: Options): Uint8Array {
  const { bounds, minZoom, maxZoom, attribution = "" } = options;
  const layers = layersOf(collection, maxZoom);
  const tiles = tilesOf(layers, options);
  const directory = gzipSync(directoryOf(tiles));
  if (directory.length > MAX_ROOT) throw new RangeError(`${tiles.length} tiles: choose a lower highest zoom`);
  const vectorLayers = [...layers.keys()].map((id) => ({ id, fields: {} }));
  const metadata = gzipSync(JSON.stringify({ attribution, vector_layers: vectorLayers }));
  const data = Buffer.concat(tiles.map((tile) => tile.data));
  const starts = HEADER + directory.length + metadata.length;

  const header = Buffer.alloc(HEADER);
  header.write("PMTiles");
  header.writeUInt8(3, 7);
  const sections = [
    [HEADER, directory.length],
    [HEADER + directory.length, metadata.length],
    [starts, 0], // no leaf directories
    [starts, data.length],
  ];
  [...sections.flat(), tiles.length, tiles.length, tiles.length].forEach((value, place) =>
    header.writeBigUInt64LE(BigInt(value), 8 + 8 * place),
  );
  header.set([1, GZIP, GZIP, MVT, minZoom, maxZoom], 96);
  const corners = [bounds.west, bounds.south, bounds.east, bounds.north];
  corners.forEach((degrees, place) => header.writeInt32LE(e7(degrees), 102 + 4 * place));
  header.writeUInt8(minZoom, 118);
  header.writeInt32LE(e7((bounds.west + bounds.east) / 2), 119);
  header.writeInt32LE(e7((bounds.south + bounds.north) / 2), 123);
  return Buffer.concat([header, directory, metadata, data]);
}

const e7 = (degrees: number) => Math.round(degrees * 1e7);

function layersOf({ features }: FeatureCollection, maxZoom: number): Map<string, GeoJSONVT> {
  const groups = Map.groupBy(features, (feature: Feature) => String(feature.properties?.["layer"]));
  return new Map(
    [...groups].map(([name, own]) => [
      name,
      new GeoJSONVT(
        { type: "FeatureCollection", features: own },
        { maxZoom, indexMaxZoom: maxZoom, extent: EXTENT },
      ),
    ]),
  );
}

/** The tiles within the bounds that have something in them, in the order of their ids. */
function tilesOf(layers: Map<string, GeoJSONVT>, { bounds, minZoom, maxZoom }: Options): Tile[] {
  const tiles: Tile[] = [];
  for (let z = minZoom; z <= maxZoom; z++) {
    const [left, top] = tileAt(bounds.west, bounds.north, z);
    const [right, bottom] = tileAt(bounds.east, bounds.south, z);
    for (let x = left; x <= right; x++) {
      for (let y = top; y <= bottom; y++) {
        const found = [...layers].flatMap(([name, layer]) => {
          const tile = layer.getTile(z, x, y);
          return tile ? [[name, tile] as const] : [];
        });
        if (found.length === 0) continue;
        const data = gzipSync(fromGeojsonVt(Object.fromEntries(found), { version: 2, extent: EXTENT }));
        tiles.push({ id: zxyToTileId(z, x, y), data });
      }
    }
  }
  return tiles.sort((one, other) => one.id - other.id);
}

/** Column and row of the tile that a place is in, as web maps count them. */
function tileAt(longitude: number, latitude: number, z: number): [number, number] {
  const radians = (latitude * Math.PI) / 180;
  const down = (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
  return [Math.floor(((longitude + 180) / 360) * 2 ** z), Math.floor(down * 2 ** z)];
}

/** Entries by column: ids as differences, how often each is repeated, lengths, places (0: right behind the last). */
function directoryOf(tiles: Tile[]): Buffer {
  const ids = tiles.map(({ id }, place) => id - (tiles[place - 1]?.id ?? 0));
  const lengths = tiles.map(({ data }) => data.length);
  const places = tiles.map((_tile, place) => (place === 0 ? 1 : 0));
  return Buffer.from([tiles.length, ...ids, ...tiles.map(() => 1), ...lengths, ...places].flatMap(varint));
}

function varint(value: number): number[] {
  const bytes = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}
