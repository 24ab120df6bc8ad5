// The text of a boundary as what can be drawn, and back. A state is `{ parts, line }`: the closed parts, each the
// coordinates of a Polygon, and the points of the one that is being drawn, or null.
window.boundaryText = (() => {
  const geometryOf = (value) => {
    if (value?.type === "FeatureCollection") return geometryOf(value.features[0]);
    return value?.type === "Feature" ? geometryOf(value.geometry) : value;
  };

  const stateOf = (geometry) => {
    if (geometry.type === "Polygon") return { parts: [geometry.coordinates], line: null };
    if (geometry.type === "MultiPolygon") return { parts: geometry.coordinates, line: null };
    if (geometry.type === "LineString") return { parts: [], line: geometry.coordinates };
    const all = geometry.geometries.map(stateOf);
    return { parts: all.flatMap((each) => each.parts), line: all.find((each) => each.line)?.line ?? null };
  };

  const isDrawable = ({ parts, line }) =>
    [...parts.flat(), line ?? []].every((ring) =>
      ring.every((point) => point.length > 1 && point.every((number) => typeof number === "number")));

  // What the text says; null where it is being typed, or is broken.
  function read(text) {
    if (!text.trim()) return { parts: [], line: null };
    try {
      const state = stateOf(geometryOf(JSON.parse(text)));
      return isDrawable(state) ? state : null;
    } catch {
      return null;
    }
  }

  // A part that is not closed is a line, which the form refuses: a drawing that is half done is never stored. Nor is
  // an empty text, which would take the boundary away that `had` one: only who empties the text means that.
  function write({ parts, line }, had) {
    const [first] = parts;
    const isOpen = line?.length || (had && !first);
    const areas = first && (parts.length > 1 ? { type: "MultiPolygon", coordinates: parts } : { type: "Polygon", coordinates: first });
    if (!isOpen) return areas ? JSON.stringify(areas) : "";
    const open = { type: "LineString", coordinates: line ?? [] };
    return JSON.stringify(areas ? { type: "GeometryCollection", geometries: [areas, open] } : open);
  }

  return { read, write };
})();
