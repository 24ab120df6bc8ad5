import { PortalZonesDocument, type PortalZonesQuery } from "../generated/graphql.ts";
import { type Answered, type Language, request } from "./graphql.ts";
import type { PageOf } from "./page.ts";

type Map = Extract<NonNullable<Answered<PortalZonesQuery>["page"]>, { __typename: "ZoneMapPage" }>;

export type ListedZone = Map["zones"]["nodes"][number];

/** The public zones below a map; none below one that is not published. */
export async function zonesOf({ url }: PageOf<"ZoneMapPage">, language: Language): Promise<ListedZone[]> {
  if (!url) return [];
  const { page } = await request(PortalZonesDocument, { urlPath: url }, { language });
  return page?.__typename === "ZoneMapPage" ? page.zones.nodes : [];
}
