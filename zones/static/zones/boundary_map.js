// The map below a boundary: a base map where the operator has one, the province, other zones. Nothing of it is drawn on.
window.boundaryMap = (() => {
  const PROVINCE = [104.8, 21.0, 105.5, 21.7];
  const NAMES = 12; // more would cover each other
  const boundsOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);
  // By the colour of text: the admin's theme may be the editor's choice, or the system's.
  const isDark = () => {
    const [red, green, blue] = getComputedStyle(document.body).color.match(/\d+/g).map(Number);
    return red + green + blue > 384;
  };
  // Points of a boundary are thousands: the keyboard's way to them is the text.
  L.Marker.mergeOptions({ keyboard: false });

  // Foreign maps of the sea lack the names of the archipelagos: none is shown beyond the bounds.
  function baseMap({ url, attribution }, bounds) {
    const options = { attribution, bounds, noWrap: true };
    if (url.split("?")[0].endsWith(".pmtiles")) {
      return protomapsL.leafletLayer({ ...options, url, flavor: isDark() ? "dark" : "light", lang: "vi" });
    }
    return L.tileLayer(url, options);
  }

  function addSurroundings(map, { neighbours, outlines }) {
    const plain = { interactive: false, pmIgnore: true };
    L.geoJSON(outlines.map((geometry) => ({ type: "Feature", geometry })), { ...plain, className: "boundary-outline" }).addTo(map);
    const options = { pmIgnore: true, snapIgnore: false, className: "boundary-neighbour", bubblingMouseEvents: true };
    const layer = L.geoJSON(neighbours, options);
    layer.eachLayer((each) => {
      const name = document.createElement("span"); // a title is text, never markup
      name.textContent = each.feature.properties.title;
      const permanent = neighbours.features.length <= NAMES;
      each.bindTooltip(name, { permanent, direction: "center", className: "boundary-name" });
    });
    layer.addTo(map);
  }

  // A map in an element; its `around` is a promise of the box that it is kept within.
  function create(ground, options) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(ground, {
      pmIgnore: false, zoomControl: false, zoomSnap: 0.25, maxZoom: 19, scrollWheelZoom: false,
      zoomAnimation: !still, fadeAnimation: !still, maxBoundsViscosity: 0.8,
    });
    map.attributionControl.setPrefix("");
    L.control.zoom({ zoomInTitle: options.hints.zoomIn, zoomOutTitle: options.hints.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    // The page scrolls on: the wheel is the map's while it has the focus.
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.fitBounds(boundsOf(PROVINCE));
    const query = new URLSearchParams({ zone: options.zone ?? "", locale: options.locale });
    map.around = fetch(`${options.around}?${query}`)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
      .catch(() => ({ neighbours: { type: "FeatureCollection", features: [] }, outlines: [], bounds: null }))
      .then((around) => {
        const bounds = boundsOf(around.bounds ?? PROVINCE);
        map.setMaxBounds(bounds.pad(0.25));
        map.setMinZoom(map.getBoundsZoom(bounds) - 0.5);
        L.rectangle(bounds, { interactive: false, pmIgnore: true, className: "boundary-frame" }).addTo(map);
        if (options.basemap.url) baseMap(options.basemap, bounds).addTo(map);
        addSurroundings(map, around);
        return bounds;
      });
    return map;
  }

  return { create };
})();
