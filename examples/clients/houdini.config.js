/** @type {import('houdini').ConfigFile} */
export default {
  url: `${process.env.CMS_URL ?? "http://127.0.0.1:8000"}/graphql/`,
  schemaPath: "./schema.graphql",
  include: "houdini/**/*.gql",
  defaultKeys: ["id"],
  scalars: Object.fromEntries(
    ["Date", "DateTime", "GeoJSON", "JSON", "PositiveInt"].map((name) => [name, { type: "unknown" }]),
  ),
};
