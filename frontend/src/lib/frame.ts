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
  /** The portal's own address, as the CMS knows it, without a path. */
  origin: string;
  site: NonNullable<PortalChromeQuery["site"]>;
  side: PortalSideQuery;
}

export async function loadFrame(language: Language): Promise<Frame> {
  const [{ site }, side] = await Promise.all([
    request(PortalChromeDocument, {}, { language }),
    request(PortalSideDocument, { locale: language }, { language }),
  ]);
  if (!site) throw new Error("The CMS has no site for its own address: see Settings, Sites in the admin");
  const home = site.rootPage?.seo.canonicalUrl;
  return { language, origin: home ? new URL(home).origin : "", site, side };
}

type Landing = PortalSideQuery["landings"][number];

/** The first page that lists things of one kind: their index or map; null where there is none. */
export function landingOf<Type extends Landing["__typename"]>({ side }: Pick<Frame, "side">, type: Type) {
  return (
    side.landings.find((page): page is Extract<Landing, { __typename: Type }> => page.__typename === type) ??
    null
  );
}
