import { circleMarker, Control, DomEvent, layerGroup, polygon, polyline } from "leaflet";
import type { LatLng, LeafletMouseEvent, Map as LeafletMap } from "leaflet";
import type { Language } from "../../lib/graphql.ts";
import { number } from "../../lib/numbers.ts";
import { areaHa, lengthKm } from "./measuring.ts";
import { wording } from "./wording.ts";

type Way = "distance" | "area";

const LINE = { color: "#7d1216", weight: 3, interactive: false };

/** Buttons that measure a way or an area on the map: by clicks, or by the Enter key at the middle of the map. */
export class MeasureTool extends Control {
  readonly #say: ReturnType<typeof wording>;
  readonly #language: Language;
  readonly #drawing = layerGroup();
  readonly #buttons = new Map<Way, HTMLButtonElement>();
  readonly #result = document.createElement("p");
  #clear = document.createElement("button");
  #map: LeafletMap | null = null;
  #way: Way | null = null;
  #spots: LatLng[] = [];

  constructor(language: Language) {
    super({ position: "topright" });
    this.#language = language;
    this.#say = wording(language);
  }

  override onAdd(map: LeafletMap): HTMLElement {
    this.#map = map;
    this.#drawing.addTo(map);
    const box = document.createElement("div");
    box.className = "measure";
    for (const [way, label] of [
      ["distance", this.#say.measureDistance],
      ["area", this.#say.measureArea],
    ] as const) {
      const button = buttonOf(label, () => this.#choose(this.#way === way ? null : way));
      button.setAttribute("aria-pressed", "false");
      this.#buttons.set(way, button);
      box.append(button);
    }
    this.#clear = buttonOf(this.#say.measureClear, () => this.#choose(null));
    this.#clear.hidden = true;
    this.#result.setAttribute("role", "status");
    box.append(this.#clear, this.#result);
    DomEvent.disableClickPropagation(box);
    map.on("click", (event: LeafletMouseEvent) => this.#add(event.latlng));
    map.getContainer().addEventListener("keydown", (event) => this.#onKey(event));
    return box;
  }

  #choose(way: Way | null): void {
    this.#way = way;
    this.#spots = [];
    for (const [each, button] of this.#buttons) button.setAttribute("aria-pressed", String(each === way));
    this.#clear.hidden = way === null;
    const map = this.#map!;
    map.getContainer().classList.toggle("measuring", way !== null);
    if (way) {
      map.doubleClickZoom.disable();
      map.getContainer().focus({ preventScroll: true });
    } else map.doubleClickZoom.enable();
    this.#show();
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.#way || event.target !== this.#map!.getContainer()) return;
    if (event.key === "Enter") this.#add(this.#map!.getCenter());
    else if (event.key === "Backspace") this.#spots = this.#spots.slice(0, -1);
    else if (event.key === "Escape") return this.#choose(null);
    else return;
    event.preventDefault();
    this.#show();
  }

  #add(spot: LatLng): void {
    if (!this.#way) return;
    this.#spots = [...this.#spots, spot];
    this.#show();
  }

  #show(): void {
    const spots = this.#spots;
    this.#drawing.clearLayers();
    if (spots.length > 1) {
      const shape = this.#way === "area" && spots.length > 2 ? polygon(spots, LINE) : polyline(spots, LINE);
      this.#drawing.addLayer(shape);
    }
    for (const spot of spots) {
      this.#drawing.addLayer(circleMarker(spot, { ...LINE, radius: 4, fillColor: "#fff", fillOpacity: 1 }));
    }
    this.#result.textContent = this.#said();
  }

  #said(): string {
    if (!this.#way) return "";
    const spots = this.#spots;
    if (this.#way === "area" && spots.length > 2)
      return this.#say.measured(`${this.#round(areaHa(spots))} ha`);
    if (this.#way === "distance" && spots.length > 1) {
      return this.#say.measured(`${this.#round(lengthKm(spots))} km`);
    }
    return this.#say.measureHint;
  }

  /** Three digits, which is as exact as a click on a map is. */
  #round(value: number): string {
    return number(Number(value.toPrecision(3)), this.#language);
  }
}

function buttonOf(label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
