import { divIcon, geoJSON, marker } from "leaflet";
import type { DivIcon, GeoJSON, Map as LeafletMap, Marker } from "leaflet";
import type { Language } from "../../lib/graphql.ts";
import type { Side } from "./labels.ts";
import { dashOf, shapeOf } from "./symbols.ts";
import { wording } from "./wording.ts";
import { boundaryOf, figuresOf, shortName } from "./zones.ts";
import type { LegendEntry, Zone } from "./zones.ts";

interface Look {
  entry: LegendEntry;
  language: Language;
  /** A neighbour of the zone that the map is about. */
  isAside: boolean;
  onPoint(zone: string | null): void;
}

const PLAIN = { weight: 2, fillOpacity: 0.28 };
const STRONG = { weight: 4, fillOpacity: 0.55 };

/** A zone on the map: its area for the eye and the mouse, its pin for the keyboard too, a card when it is chosen. */
export class DrawnZone {
  readonly #map: LeafletMap;
  readonly zone: Zone;
  readonly #area: GeoJSON | null;
  readonly #pin: Marker;

  constructor(map: LeafletMap, zone: Zone, look: Look) {
    const { entry, language, isAside } = look;
    this.#map = map;
    this.zone = zone;
    const boundary = boundaryOf(zone);
    const style = { ...PLAIN, color: entry.color, dashArray: dashOf(zone.state) };
    this.#area = boundary && geoJSON(boundary, { style, interactive: !isAside });
    this.#pin = marker([zone.center.latitude, zone.center.longitude], {
      icon: iconOf(zone, entry, isAside),
      riseOnHover: true,
    });
    this.#pin.bindPopup(cardOf(zone, entry, language), { closeButton: false });
    this.#pin.bindTooltip(`${zone.name} – ${entry.label}`, { direction: "top", offset: [0, -12] });
    this.#listen(look);
    this.toggle(true);
  }

  /** Where the zone stands in pixels of the map. */
  get place(): { x: number; y: number; name: string } {
    const { x, y } = this.#map.latLngToContainerPoint(this.#pin.getLatLng());
    return { x, y, name: shortName(this.zone) };
  }

  /** Have the name stand on this side of the pin. */
  label(side: Side): void {
    const element = this.#pin.getElement();
    if (element) element.dataset.label = side;
  }

  get isShown(): boolean {
    return this.#map.hasLayer(this.#pin);
  }

  emphasize(on: boolean): void {
    this.#area?.setStyle(on ? STRONG : PLAIN);
    this.#pin.getElement()?.classList.toggle("is-active", on);
    if (on && !this.#pin.isPopupOpen()) this.#pin.openTooltip();
    else this.#pin.closeTooltip();
  }

  toggle(on: boolean): void {
    for (const layer of [this.#area, this.#pin]) {
      if (!layer || this.#map.hasLayer(layer) === on) continue;
      if (on) layer.addTo(this.#map);
      else layer.remove();
    }
  }

  #listen({ entry, language, onPoint }: Look): void {
    const enter = () => {
      this.emphasize(true);
      onPoint(this.zone.id ?? null);
    };
    const leave = () => {
      this.emphasize(false);
      onPoint(null);
    };
    for (const layer of [this.#area, this.#pin]) layer?.on({ mouseover: enter, mouseout: leave });
    this.#area?.on("click", () => this.#pin.openPopup());
    this.#pin.on("popupopen", () => this.#pin.closeTooltip());
    // Leaflet's own answer to the Enter key leaves the focus where it was.
    this.#pin.off("keypress");
    // Its element is made anew each time that it is shown.
    this.#pin.on("add", () => {
      const element = this.#pin.getElement()!;
      element.setAttribute(
        "aria-label",
        `${this.zone.name}, ${entry.label}, ${figuresOf(this.zone, language)}`,
      );
      element.dataset.zone = this.zone.id ?? "";
      element.addEventListener("focus", enter);
      element.addEventListener("blur", leave);
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.#open();
      });
    });
  }

  /** Show the card and go to its link; the Escape key leads back. */
  #open(): void {
    this.#pin.openPopup();
    const card = this.#pin.getPopup()!.getElement()!;
    card.querySelector("a")?.focus();
    card.onkeydown = (event) => {
      if (event.key !== "Escape") return;
      this.#pin.closePopup();
      this.#pin.getElement()?.focus();
    };
  }
}

function iconOf(zone: Zone, entry: LegendEntry, isAside: boolean): DivIcon {
  const html = document.createElement("div");
  html.innerHTML =
    '<svg viewBox="-9 -9 18 18" width="20" height="20" aria-hidden="true"><path fill-rule="evenodd" /></svg>';
  const path = html.querySelector("path")!;
  path.setAttribute("d", shapeOf(zone.state));
  path.setAttribute("fill", entry.color);
  const name = document.createElement("span");
  name.textContent = shortName(zone);
  html.append(name);
  return divIcon({ html, className: isAside ? "zone-pin aside" : "zone-pin", iconSize: [28, 28] });
}

function cardOf(zone: Zone, entry: LegendEntry, language: Language): HTMLElement {
  const card = document.createElement("div");
  const name = document.createElement("strong");
  name.textContent = zone.name;
  const said = document.createElement("p");
  said.textContent = [entry.label, figuresOf(zone, language)].filter(Boolean).join(" · ");
  card.append(name, said);
  if (zone.url) {
    const link = document.createElement("a");
    link.href = zone.url;
    link.textContent = wording(language).details;
    card.append(link);
  }
  return card;
}
