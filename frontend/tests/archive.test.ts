import assert from "node:assert/strict";
import { test } from "node:test";
import type { FeatureCollection } from "geojson";
import { PMTiles } from "pmtiles";
import { archive } from "../scripts/archive.ts";

const bounds = { west: 105, south: 21, east: 105.5, north: 21.5 };
const collection: FeatureCollection = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { layer: "roads", kind: "highway" },
      geometry: {
        type: "LineString",
        coordinates: [
          [105, 21],
          [105.5, 21.5],
        ],
      },
    },
  ],
};

test("a reader of PMTiles finds the tiles of an archive, and its bounds", async () => {
  const bytes = archive(collection, { bounds, minZoom: 6, maxZoom: 10, attribution: "© Sở Xây dựng" });
  const file = new PMTiles({
    getKey: () => "memory",
    getBytes: async (from, length) => ({ data: Uint8Array.from(bytes.subarray(from, from + length)).buffer }),
  });
  const { minZoom, maxZoom, minLon, maxLat } = await file.getHeader();
  assert.deepEqual([minZoom, maxZoom, minLon, maxLat], [6, 10, 105, 21.5]);
  const metadata = (await file.getMetadata()) as { attribution: string; vector_layers: { id: string }[] };
  assert.equal(metadata.attribution, "© Sở Xây dựng");
  assert.deepEqual(
    metadata.vector_layers.map(({ id }) => id),
    ["roads"],
  );
  const tile = await file.getZxy(10, 811, 450);
  assert.ok(new TextDecoder().decode(tile!.data).includes("highway"));
  assert.equal(await file.getZxy(10, 0, 0), undefined);
});
