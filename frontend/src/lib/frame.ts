/** What surrounds every page. */

import {
  PortalChromeDocument,
  PortalSideDocument,
  type PortalChromeQuery,
  type PortalSideQuery,
} from "../generated/graphql.ts";
import { LANGUAGES } from "./addresses.ts";
import { type Answered, type Language, request } from "./graphql.ts";
import { languageOf } from "./words.ts";

type Side = Answered<PortalSideQuery>;

/** The portal's first language: that of all polls. */
export const FIRST: Language = "vi";

export interface Frame {
  language: Language;
  /** The portal's own address, as the CMS knows it, without a path. */
  origin: string;
  site: NonNullable<Answered<PortalChromeQuery>["site"]>;
  side: Side;
  /** The language of zones that nobody has translated into this one. */
  zoneLanguage: Language | undefined;
  /** The home page of each language that the portal is in. */
  homes: Partial<Record<Language, string>>;
}

export async function loadFrame(language: Language): Promise<Frame> {
  const [{ site }, side] = await Promise.all([
    request(PortalChromeDocument, { locale: language }, { language }),
    loadSide(language),
  ]);
  if (!site) throw new Error("The CMS has no site for its own address: see Settings, Sites in the admin");
  const home = site.rootPage?.seo.canonicalUrl;
  const zone = side.zones.nodes[0];
  return {
    language,
    origin: home ? new URL(home).origin : "",
    site,
    side,
    zoneLanguage: foreign(zone?.locale?.code, language),
    homes: homesOf(site),
  };
}

/** Zones that nobody has translated, and their map, are shown as they are. */
async function loadSide(language: Language): Promise<Side> {
  const side = await request(PortalSideDocument, { locale: language }, { language });
  if (language === FIRST || side.zones.nodes.length > 0) return side;
  const first = await request(PortalSideDocument, { locale: FIRST }, { language });
  const maps = first.landings.filter(({ __typename }) => __typename === "ZoneMapPage");
  return { ...side, zones: first.zones, landings: [...side.landings, ...maps] };
}

/** The language of what is written in another than the page; nothing where it is the page's. */
export function foreign(code: string | null | undefined, language: Language): Language | undefined {
  const own = languageOf(code);
  return own === language ? undefined : own;
}

function homesOf({ rootPage }: Frame["site"]): Frame["homes"] {
  const pages = rootPage ? [rootPage, ...rootPage.translations] : [];
  return Object.fromEntries(
    pages.flatMap(({ url, locale }) => (url && locale ? [[languageOf(locale.code), url]] : [])),
  );
}

/** A page of the frontend's own in all languages that the portal is in. */
export function alternatesOf(
  { homes }: Frame,
  addressIn: (language: Language) => string,
): { language: Language; url: string }[] {
  const languages = LANGUAGES.filter((language) => homes[language]);
  return languages.length > 1 ? languages.map((language) => ({ language, url: addressIn(language) })) : [];
}

type Landing = Side["landings"][number];

/** The first page that lists things of one kind: their index or map; null where there is none. */
export function landingOf<Type extends Landing["__typename"]>({ side }: Pick<Frame, "side">, type: Type) {
  return (
    side.landings.find((page): page is Extract<Landing, { __typename: Type }> => page.__typename === type) ??
    null
  );
}
