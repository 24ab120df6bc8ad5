/** Numbers as they are written in each language. */

import type { Language } from "./graphql.ts";

/** 1.234,5 in Vietnamese; as many decimals as there are, two at the most. */
export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en", { maximumFractionDigits: 2 }).format(
    value,
  );
}

/** 335,5 ha: the unit stays on the number's line. */
export function quantity(value: number, unit: string, language: Language): string {
  return `${number(value, language)}\u00a0${unit}`;
}

/** 62%: shares are said in whole percents, everywhere. */
export function percent(value: number, language: Language): string {
  return `${number(Math.round(value), language)}%`;
}

/** 240 KB or 1,2 MB. */
export function fileSize(bytes: number, language: Language): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1000) return `${Math.max(1, Math.round(kilobytes))} KB`;
  const short = new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en", { maximumFractionDigits: 1 });
  return `${short.format(kilobytes / 1024)} MB`;
}
