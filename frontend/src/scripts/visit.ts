/** Counts the view of this page from the browser, so that it counts wherever the page was kept. */

import type { RecordVisitMutation } from "../generated/graphql.ts";

type Figures = RecordVisitMutation["recordVisit"]["statistics"];

const counter = document.querySelector<HTMLElement>("[data-visits]");

async function count(): Promise<void> {
  const response = await fetch("/api/visit", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ path: location.pathname, referrer: document.referrer }),
  });
  if (!response.ok || !counter) return;
  const figures = (await response.json()) as Figures;
  const format = new Intl.NumberFormat(counter.dataset["visits"] === "en" ? "en" : "vi-VN");
  for (const place of counter.querySelectorAll<HTMLElement>("[data-figure]")) {
    const figure = figures[place.dataset["figure"] as keyof Figures];
    if (typeof figure === "number") place.textContent = format.format(figure);
  }
}

// A page that is drawn ahead is not viewed yet.
if (counter) {
  const view = () => void count().catch(() => {});
  if (document.visibilityState === "visible") view();
  else document.addEventListener("visibilitychange", view, { once: true });
}
