// Draws the boundary of a zone with Leaflet-Geoman, in step with the text below the map. What is drawn is checked by the
// server, which measures it and says what it overlaps.
(() => {
  const WAIT = 300; // milliseconds without a change before the server is asked
  const MODES = ["draw", "edit", "drag", "cut", "remove"];
  const MAX_STEPS = 100;
  const MAX_BYTES = 4_000_000;
  const toLatLng = ([longitude, latitude]) => [latitude, longitude];
  const toPosition = ({ lat, lng }) => [+lng.toFixed(6), +lat.toFixed(6)];

  class BoundaryInput {
    constructor(root) {
      this.root = root;
      this.options = JSON.parse(root.querySelector("script[type='application/json']").textContent);
      this.text = root.querySelector(":scope > textarea");
      this.hint = root.querySelector("[data-hint]");
      this.report = root.querySelector("[data-report]");
      root.querySelector(".boundary-input__map").hidden = false;
      this.map = window.boundaryMap.create(root.querySelector(".boundary-input__ground"), this.options);
      this.own = L.featureGroup([], { pmIgnore: false }).addTo(this.map);
      this.mode = "";
      this.steps = [];
      this.listen();
      this.map.around.then((bounds) => { this.bounds = bounds; this.fit(); });
      this.read();
    }

    listen() {
      this.map.pm.setGlobalOptions({ snapDistance: 12, tooltips: false, allowSelfIntersection: true });
      this.root.addEventListener("click", (event) => {
        const action = event.target.closest("[data-action]")?.dataset.action;
        if (action) this.act(action);
      });
      this.text.addEventListener("input", (event) => { if (event.isTrusted || !this.writing) this.read(); });
      this.root.querySelector("[data-import-file]").addEventListener("change", (event) => this.load(event.target));
      this.root.addEventListener("keydown", (event) => this.press(event));
      document.querySelector("[name=area_ha]")?.addEventListener("input", () => this.ask());
      this.map.on("pm:drawstart", ({ workingLayer }) => workingLayer.on("pm:vertexadded", ({ latlng }) => this.point(latlng)));
      this.map.on("pm:create", ({ layer }) => {
        layer.remove();
        this.take([...this.state.parts, ...partsOf(layer)]);
      });
      this.map.on("pm:cut", ({ originalLayer, layer }) => {
        this.own.removeLayer(originalLayer);
        layer.remove();
        this.take([...this.drawn(), ...partsOf(layer)]);
      });
      this.map.on("pm:drawend", () => setTimeout(() => this.ended()));
      // What is hidden by a tab has no size.
      new ResizeObserver(() => { this.map.invalidateSize(); this.fit(); }).observe(this.map.getContainer());
    }

    // The parts as they stand on the map.
    drawn() {
      return this.own.getLayers().flatMap(partsOf);
    }

    read() {
      this.had = this.text.value !== "";
      const state = window.boundaryText.read(this.text.value);
      this.stop();
      this.state = state ?? { parts: [], line: null };
      this.fitted = false;
      this.show();
      this.fit();
      if (this.state.line?.length) this.start("draw", this.state.line);
      this.ask();
    }

    // Around the boundary, once there is a size to fit it to; then it is the editor's to move the map.
    fit() {
      if (this.fitted || !this.map.getSize().y || !this.bounds) return;
      const points = L.latLngBounds([...this.state.parts.flat(2), ...(this.state.line ?? [])].map(toLatLng));
      this.map.fitBounds(points.isValid() ? points.pad(0.4) : this.bounds, { animate: false });
      this.fitted = true;
    }

    show() {
      this.own.clearLayers();
      this.state.parts.forEach((part) => {
        const layer = L.polygon(part.map((ring) => ring.map(toLatLng)), { pmIgnore: false, className: "boundary-own" });
        layer.on("pm:edit pm:dragend", () => this.take(this.drawn()));
        layer.on("click", () => { if (this.mode === "remove") { this.own.removeLayer(layer); this.take(this.drawn()); } });
        this.own.addLayer(layer);
      });
      this.arm();
    }

    // Have the parts do what the mode is.
    arm() {
      this.own.eachLayer((layer) => {
        layer.pm.disable();
        layer.pm.disableLayerDrag();
        if (this.mode === "edit") layer.pm.enable({ allowSelfIntersection: true, snapDistance: 12 });
        if (this.mode === "drag") layer.pm.enableLayerDrag();
      });
      this.root.querySelectorAll("[aria-pressed]").forEach((button) => {
        button.setAttribute("aria-pressed", String(button.dataset.action === this.mode));
      });
      this.map.getContainer().classList.toggle("is-removing", this.mode === "remove");
      this.hint.textContent = this.options.hints[this.mode];
    }

    // Begin a mode; of a part that is drawn on, its points so far.
    start(mode, line = []) {
      this.stop();
      this.mode = mode;
      this.arm();
      if (mode === "draw") this.map.pm.enableDraw("Polygon", { continueDrawing: false });
      if (mode === "cut") this.map.pm.enableDraw("Cut", { layersToCut: this.own.getLayers(), continueDrawing: false });
      if (mode !== "draw") return;
      this.state = { parts: this.state.parts, line: [] };
      this.resuming = true;
      line.forEach((point) => this.map.fire("click", { latlng: L.latLng(toLatLng(point)) }));
      this.resuming = false;
      if (line.length) this.write();
    }

    stop() {
      if (!this.mode) return;
      this.mode = "";
      this.map.pm.disableDraw();
      this.arm();
    }

    // Geoman has ended a drawing by itself: at its first point, or by Escape.
    ended() {
      if (["draw", "cut"].includes(this.mode) && !this.map.pm.globalDrawModeEnabled()) this.stop();
    }

    point(latlng) {
      if (this.mode !== "draw") return;
      const before = this.state;
      this.state = { parts: before.parts, line: [...(before.line ?? []), toPosition(latlng)] };
      if (this.resuming) return;
      this.remember(before);
      this.write();
    }

    // Geoman tells some changes twice.
    take(parts) {
      if (!this.state.line && JSON.stringify(parts) === JSON.stringify(this.state.parts)) return;
      this.remember(this.state);
      this.state = { parts, line: null };
      this.show();
      this.write();
    }

    remember(state) {
      this.steps = [...this.steps.slice(1 - MAX_STEPS), state];
    }

    undo() {
      const before = this.steps.pop();
      if (!before) return;
      const { mode } = this;
      this.stop();
      this.state = before;
      this.show();
      this.write();
      if (before.line?.length) this.start("draw", before.line);
      else if (mode) this.start(mode);
    }

    close() {
      const { line } = this.state;
      if (!line || line.length < 3) return;
      const { parts } = this.state;
      this.stop();
      this.take([...parts, [[...line, line[0]]]]);
    }

    act(action) {
      if (MODES.includes(action)) return this.toggle(action);
      if (action === "undo") this.undo();
      if (action === "close") this.close();
      if (action === "import") this.import();
      if (action === "clear") { this.stop(); this.take([]); this.start("draw"); }
    }

    // Leaving a drawing drops its points, which undoing brings back.
    toggle(mode) {
      const isOn = this.mode === mode;
      this.stop();
      if (this.state.line?.length) this.take(this.state.parts);
      if (!isOn) this.start(mode);
    }

    press(event) {
      const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey;
      if (!isUndo || event.target.closest("textarea, input")) return;
      event.preventDefault();
      this.undo();
    }

    write() {
      this.text.value = window.boundaryText.write(this.state, this.had);
      // For what else listens to the form: counts of changes, autosave, previews.
      this.writing = true;
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
      this.text.dispatchEvent(new Event("change", { bubbles: true }));
      this.writing = false;
      this.ask();
    }

    // Ask the server about what is drawn, a moment after the last change.
    ask() {
      clearTimeout(this.timer);
      this.asking?.abort();
      // Of a text that cannot be drawn the server says what is wrong with it.
      const isJson = /^\s*[{[]/.test(this.text.value);
      if (!isJson || window.boundaryText.read(this.text.value)?.line) this.say("");
      else this.timer = setTimeout(() => this.check(), WAIT);
    }

    async check() {
      this.asking = new AbortController();
      const { ok, answer } = await this.post(this.text.value, this.asking.signal);
      if (ok === undefined) return;
      if (ok) this.report.innerHTML = answer.report;
      else this.say(answer.message);
    }

    say(message) {
      const line = document.createElement("p");
      line.className = "boundary-input__warning";
      line.textContent = message;
      this.report.replaceChildren(...(message ? [line] : []));
    }

    // `{ ok, answer }`; `ok` is undefined where a later change has made the question void.
    async post(text, signal) {
      const form = new FormData();
      form.append("text", text);
      form.append("locale", this.options.locale);
      form.append("epsg", this.root.querySelector("[data-import-epsg]").value);
      if (this.options.zone !== null) {
        form.append("zone", this.options.zone);
        form.append("declared", document.querySelector("[name=area_ha]")?.value ?? "");
      }
      const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
      try {
        const response = await fetch(this.options.check, { method: "POST", body: form, signal, headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN } });
        const isOurs = response.headers.get("Content-Type")?.includes("json");
        return { ok: response.ok && isOurs, answer: isOurs ? await response.json() : { message: this.options.hints.failed } };
      } catch (error) {
        return error.name === "AbortError" ? {} : { ok: false, answer: { message: this.options.hints.failed } };
      }
    }

    // A file goes into the field, where it is seen before it takes the place of what is drawn.
    async load(input) {
      const [file] = input.files;
      if (!file) return;
      const isShort = file.size <= MAX_BYTES;
      this.root.querySelector("[data-import-message]").textContent = isShort ? "" : this.options.hints.long;
      if (isShort) this.root.querySelector("[data-import-text]").value = await file.text();
    }

    async import() {
      const message = this.root.querySelector("[data-import-message]");
      const text = this.root.querySelector("[data-import-text]").value;
      message.textContent = text.trim() ? "" : this.options.hints.empty;
      if (!text.trim()) return;
      const { ok, answer } = await this.post(text);
      if (!ok) { message.textContent = answer.message; return; }
      this.stop();
      const { parts } = window.boundaryText.read(JSON.stringify(answer.boundary));
      this.fitted = false;
      this.take(parts);
      this.fit();
    }
  }

  // The parts of what Geoman made: a polygon, several, or nothing where all was cut away.
  function partsOf(layer) {
    const found = layer.toGeoJSON(6);
    return (found.features ?? [found]).flatMap(({ geometry }) => {
      if (geometry.type === "MultiPolygon") return geometry.coordinates;
      return geometry.type === "Polygon" && geometry.coordinates[0]?.length > 3 ? [geometry.coordinates] : [];
    });
  }

  L.PM.setOptIn(true);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-boundary-input]").forEach((root) => new BoundaryInput(root));
  });
})();
