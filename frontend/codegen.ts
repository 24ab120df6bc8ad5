import { readFileSync } from "node:fs";
import type { CodegenConfig } from "@graphql-codegen/cli";
import { parse } from "graphql";

type Manifest = { operations: { id: string; name: string }[] };

const manifest: Manifest = JSON.parse(readFileSync("persisted-operations.json", "utf8"));
const ids = new Map(manifest.operations.map(({ id, name }) => [name, id]));

/** The id by which the CMS knows an operation from the start, so that it goes as a short GET. */
function persistedId(operation: string): string {
  for (const definition of parse(operation).definitions) {
    if (definition.kind !== "OperationDefinition") continue;
    const id = ids.get(definition.name?.value ?? "");
    if (id) return id;
    throw new Error(
      `${definition.name?.value} is not in persisted-operations.json: run manage.py export_operations`,
    );
  }
  throw new Error("A document without an operation");
}

const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: "operations/**/*.graphql",
  silent: true,
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        persistedDocuments: { hashAlgorithm: persistedId },
      },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          Date: "string",
          DateTime: "string",
          GeoJSON: "GeoJSON.GeoJsonObject",
          JSON: "object",
          PositiveInt: "number",
        },
      },
    },
  },
};

export default config;
