// Draws the outer ring of a GeoJSON polygon on a plain background, in step with the text below it.
(() => {
  // The old province: what is shown while nothing is drawn. The view never leaves it by much, so no sea is shown.
  const PROVINCE = [104.8, 21.0, 105.5, 21.7];
  const SVG = "http://www.w3.org/2000/svg";

  const ringOf = (text) => {
    try {
      let value = JSON.parse(text);
      if (value && value.type === "FeatureCollection") value = value.features[0];
      if (value && value.type === "Feature") value = value.geometry;
      if (value.type === "LineString") return { ring: value.coordinates, closed: false };
      if (value.type === "Polygon" && value.coordinates.length === 1) return { ring: value.coordinates[0].slice(0, -1), closed: true };
      if (value.type === "Polygon" || value.type === "MultiPolygon") return { ring: [value.coordinates].flat(value.type === "Polygon" ? 1 : 2)[0].slice(0, -1), closed: true, fixed: true };
    } catch { /* The text is being typed, or is empty: the map shows nothing. */ }
    return { ring: [], closed: false };
  };

  class BoundaryInput {
    constructor(root) {
      this.text = root.querySelector("textarea");
      this.svg = root.querySelector("svg");
      this.output = root.querySelector("output");
      root.querySelector(".boundary-input__map").hidden = false;
      root.addEventListener("click", (event) => this.act(event.target.dataset.action));
      this.text.addEventListener("input", () => this.read());
      this.svg.addEventListener("pointerdown", (event) => this.press(event));
      this.svg.addEventListener("pointermove", (event) => this.drag(event));
      this.svg.addEventListener("pointerup", () => { this.held = null; });
      this.svg.addEventListener("wheel", (event) => this.zoom(event), { passive: false });
      new ResizeObserver(() => this.draw()).observe(this.svg);
      this.read();
    }

    read() {
      this.given = this.text.value;
      Object.assign(this, { fixed: false }, ringOf(this.given));
      this.fit();
      this.draw();
    }

    fit() {
      let [west, south, east, north] = PROVINCE;
      if (this.ring.length) {
        const xs = this.ring.map((p) => p[0]), ys = this.ring.map((p) => p[1]);
        const margin = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 0.002) * 0.4;
        [west, south, east, north] = [Math.min(...xs) - margin, Math.min(...ys) - margin, Math.max(...xs) + margin, Math.max(...ys) + margin];
      }
      this.middle = [(west + east) / 2, (south + north) / 2];
      this.span = Math.max(north - south, (east - west) * 0.5);
    }

    // Pixels for degrees: a degree of longitude is shorter than one of latitude.
    scale() {
      const y = this.svg.clientHeight / this.span;
      return [y * Math.cos((this.middle[1] * Math.PI) / 180), y];
    }

    toPixels([longitude, latitude]) {
      const [x, y] = this.scale();
      return [this.svg.clientWidth / 2 + (longitude - this.middle[0]) * x, this.svg.clientHeight / 2 - (latitude - this.middle[1]) * y];
    }

    toDegrees(event) {
      const box = this.svg.getBoundingClientRect(), [x, y] = this.scale();
      return [
        +(this.middle[0] + (event.clientX - box.left - box.width / 2) / x).toFixed(6),
        +(this.middle[1] - (event.clientY - box.top - box.height / 2) / y).toFixed(6),
      ];
    }

    add(name, attributes, text) {
      const element = this.svg.appendChild(document.createElementNS(SVG, name));
      Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
      if (text) element.textContent = text;
      return element;
    }

    draw() {
      this.svg.replaceChildren();
      this.grid();
      const pixels = this.ring.map((p) => this.toPixels(p));
      const d = pixels.map((p, i) => `${i ? "L" : "M"}${p[0]} ${p[1]}`).join("") + (this.closed ? "Z" : "");
      if (d) this.add("path", { d, class: this.closed ? "area" : "line" });
      if (!this.fixed) pixels.forEach(([cx, cy], i) => this.add("circle", { cx, cy, r: 6, class: "point", "data-index": i }));
      this.output.textContent = this.ring.length ? `${this.ring.length} ●` : "";
    }

    grid() {
      const step = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001].find((s) => this.span / s >= 3) || 0.0005;
      const reach = this.span * 3;
      const lines = (middle) => Array.from({ length: Math.ceil(reach / step) }, (_, i) => Math.round((middle - reach / 2) / step + i) * step);
      lines(this.middle[0]).forEach((longitude) => {
        const [x] = this.toPixels([longitude, this.middle[1]]);
        this.add("line", { x1: x, x2: x, y1: 0, y2: this.svg.clientHeight, class: "grid" });
        this.add("text", { x: x + 3, y: this.svg.clientHeight - 4, class: "grid-label" }, `${longitude.toFixed(3)}°`);
      });
      lines(this.middle[1]).forEach((latitude) => {
        const [, y] = this.toPixels([this.middle[0], latitude]);
        this.add("line", { x1: 0, x2: this.svg.clientWidth, y1: y, y2: y, class: "grid" });
        this.add("text", { x: 3, y: y - 3, class: "grid-label" }, `${latitude.toFixed(3)}°`);
      });
    }

    press(event) {
      if (this.fixed) return;
      const index = event.target.dataset.index;
      if (index !== undefined) {
        this.held = +index;
        this.svg.setPointerCapture(event.pointerId);
      } else if (!this.closed) {
        this.ring.push(this.toDegrees(event));
        this.write();
      }
    }

    drag(event) {
      if (this.held === null || this.held === undefined) return;
      this.ring[this.held] = this.toDegrees(event);
      this.write();
    }

    zoom(event) {
      event.preventDefault();
      this.span = Math.min(1.2, Math.max(0.002, this.span * (event.deltaY > 0 ? 1.2 : 1 / 1.2)));
      this.draw();
    }

    act(action) {
      // One ring is all that is drawn: what has several parts or holes would lose the others.
      if (!action || (this.fixed && action !== "clear")) return;
      if (action === "undo") this.ring.pop();
      if (action === "clear") Object.assign(this, { ring: [], closed: false, fixed: false });
      if (action === "close") this.closed = this.ring.length > 2;
      if (action === "undo" && this.ring.length < 3) this.closed = false;
      this.write();
    }

    // A ring that is not closed is a line, which the form refuses. Empty text would take the boundary away.
    write() {
      const line = { type: "LineString", coordinates: this.ring };
      const value = this.closed ? { type: "Polygon", coordinates: [[...this.ring, this.ring[0]]] } : line;
      this.text.value = this.ring.length || this.given ? JSON.stringify(value) : "";
      this.draw();
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-boundary-input]").forEach((root) => new BoundaryInput(root));
  });
})();
