import { Control, DomEvent } from "leaflet";
import type { LatLngBounds, Map as LeafletMap } from "leaflet";
import type { Language } from "../../lib/graphql.ts";
import { wording } from "./wording.ts";
import { listedName, type Zone } from "./zones.ts";

/** A button that leads from a zone among its neighbours to the zone alone. */
export class ZoomTo extends Control {
  readonly #label: string;
  readonly #bounds: LatLngBounds;

  constructor(zone: Zone, bounds: LatLngBounds, language: Language) {
    super({ position: "topleft" });
    this.#label = wording(language).zoomTo(listedName(zone, language));
    this.#bounds = bounds;
  }

  override onAdd(map: LeafletMap): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "zoom-to";
    button.title = this.#label;
    button.setAttribute("aria-label", this.#label);
    button.textContent = "◎";
    button.addEventListener("click", () => map.fitBounds(this.#bounds, { maxZoom: 15 }));
    DomEvent.disableClickPropagation(button);
    return button;
  }
}
