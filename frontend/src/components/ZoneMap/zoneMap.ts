import { fits, FREE, INDUSTRY, parametersOf, readChoice, STATE } from "./choice.ts";
import { wording } from "./wording.ts";
import type { MapData } from "./zones.ts";
import type { LiveMap } from "./liveMap.ts";

/** Puts a map in the place of the drawing when it comes into sight, and keeps map, list, table, filter and address in step. */
class ZoneMap extends HTMLElement {
  #map: LiveMap | null = null;
  #parsed: MapData | null = null;

  connectedCallback(): void {
    this.#form?.addEventListener("input", () => this.#filter());
    this.#form?.addEventListener("submit", (event) => event.preventDefault());
    for (const item of this.#items) {
      const show = () => this.#point(item.dataset.zone!);
      const hide = () => this.#point(null);
      item.addEventListener("pointerenter", show);
      item.addEventListener("pointerleave", hide);
      item.addEventListener("focusin", show);
      item.addEventListener("focusout", hide);
    }
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        seen.disconnect();
        void this.#draw();
      },
      { rootMargin: "200px" },
    );
    seen.observe(this.querySelector(".stage")!);
  }

  get #data(): MapData {
    return (this.#parsed ??= JSON.parse(this.dataset.map!) as MapData);
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  /** Lines of the list and rows of the table. */
  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("li[data-zone], tr[data-zone]")];
  }

  async #draw(): Promise<void> {
    const { drawMap, styled } = await import("./liveMap.ts");
    await styled;
    this.#map = drawMap(this.querySelector<HTMLElement>(".stage")!, this.#data, {
      around: this.classList.contains("compact"),
      onPoint: (zone) => this.#mark(zone),
    });
    this.#filter();
  }

  #filter(): void {
    const form = this.#form;
    if (!form) return;
    const asked = parametersOf(new FormData(form), form.querySelectorAll(`[name="${STATE}"]`).length);
    const { zones, language } = this.#data;
    const choice = readChoice(asked);
    const shown = new Set(zones.filter((zone) => fits(zone, choice)).map(({ id }) => id ?? ""));
    for (const item of this.#items) item.hidden = !shown.has(item.dataset.zone!);
    this.#map?.show(shown);
    const said = wording(language).shown(shown.size, zones.length);
    const count = this.querySelector(".count")!;
    if (count.textContent?.trim() !== said) count.textContent = said;
    this.#remember(asked);
  }

  /** The address and the link to the sheet of paper say what is shown. */
  #remember(asked: URLSearchParams): void {
    const address = new URL(location.href);
    for (const name of [STATE, INDUSTRY, FREE]) address.searchParams.delete(name);
    for (const [name, value] of asked) address.searchParams.append(name, value);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    const sheet = this.querySelector<HTMLAnchorElement>("a[data-sheet]");
    if (sheet) sheet.search = new URLSearchParams([["in", ""], ...asked]).toString();
  }

  #point(zone: string | null): void {
    this.#mark(zone);
    this.#map?.point(zone);
  }

  #mark(zone: string | null): void {
    for (const item of this.#items) item.classList.toggle("is-active", item.dataset.zone === zone);
  }
}

customElements.define("zone-map", ZoneMap);
