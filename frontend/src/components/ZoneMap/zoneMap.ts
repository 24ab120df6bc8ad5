import { wording } from "./wording.ts";
import type { MapData } from "./zones.ts";
import type { LiveMap } from "./liveMap.ts";

/** Puts a map in the place of the drawing when it comes into sight, and keeps map, list, filter and address in step. */
class ZoneMap extends HTMLElement {
  #map: LiveMap | null = null;
  #parsed: MapData | null = null;

  connectedCallback(): void {
    this.querySelector("form")?.addEventListener("change", () => this.#filter());
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

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".list [data-zone]")];
  }

  get #states(): Set<string> | null {
    const boxes = [...this.querySelectorAll<HTMLInputElement>(".filter input")];
    return boxes.length === 0 ? null : new Set(boxes.filter((box) => box.checked).map((box) => box.value));
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
    const states = this.#states;
    if (!states) return;
    const items = this.#items;
    for (const item of items) item.hidden = !states.has(item.dataset.state!);
    this.#map?.show(states);
    const shown = items.filter((item) => !item.hidden).length;
    const said = wording(this.#data.language).shown(shown, items.length);
    const count = this.querySelector(".count")!;
    if (count.textContent?.trim() !== said) count.textContent = said;
    this.#remember(states);
  }

  #remember(states: Set<string>): void {
    const address = new URL(location.href);
    const parameter = this.dataset.parameter!;
    address.searchParams.delete(parameter);
    if (states.size < this.querySelectorAll(".filter input").length) {
      for (const state of states) address.searchParams.append(parameter, state);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
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
