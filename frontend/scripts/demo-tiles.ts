// CMS_URL=http://127.0.0.1:8000 npm run demo-tiles: the base map of the demonstration, of its own zones. It has no roads and
// rivers, since the demonstration has none that are true.
import { writeFileSync } from "node:fs";
import type { Feature, FeatureCollection } from "geojson";
import { archive, type Bounds } from "./archive.ts";

const CMS = process.env["CMS_URL"] ?? "http://127.0.0.1:8000";
const query = `{ page(urlPath: "/cac-khu-cong-nghiep/") { ... on ZoneMapPage {
  viewport { bounds { west south east north } } featureCollection } } }`;
const answer = await fetch(`${CMS}/graphql/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query }),
});
const { data } = (await answer.json()) as {
  data: { page: { viewport: { bounds: Bounds }; featureCollection: FeatureCollection } };
};
const { bounds } = data.page.viewport;
// Wider than the tiles, so that none of them ends within itself.
const [west, south] = [bounds.west - 1, bounds.south - 1];
const [east, north] = [bounds.east + 1, bounds.north + 1];
const features: Feature[] = [
  {
    type: "Feature",
    properties: { layer: "earth", kind: "earth" },
    geometry: {
      type: "Polygon",
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    },
  },
  ...data.page.featureCollection.features.map(({ geometry }): Feature => ({
    type: "Feature",
    properties: { layer: "landuse", kind: "industrial" },
    geometry,
  })),
];
const collection: FeatureCollection = { type: "FeatureCollection", features };
writeFileSync("public/maps/trinh-dien.pmtiles", archive(collection, { bounds, minZoom: 6, maxZoom: 12 }));
