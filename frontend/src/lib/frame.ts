/** What surrounds every page. */

import {
  PortalChromeDocument,
  PortalSideDocument,
  type PortalChromeQuery,
  type PortalSideQuery,
} from "../generated/graphql.ts";
import { type Language, request } from "./graphql.ts";

export interface Frame {
  language: Language;
  site: NonNullable<PortalChromeQuery["site"]>;
  side: PortalSideQuery;
}

export async function loadFrame(language: Language): Promise<Frame> {
  const [{ site }, side] = await Promise.all([
    request(PortalChromeDocument, {}, { language }),
    request(PortalSideDocument, {}, { language }),
  ]);
  if (!site) throw new Error("The CMS has no site for its own address: see Settings, Sites in the admin");
  return { language, site, side };
}

/** The first map of zones: its address, legend, viewport and tiles; null where there is none. */
export function zoneMapOf({ side }: Frame) {
  const [map] = side.zoneMaps;
  return map?.__typename === "ZoneMapPage" ? map : null;
}
