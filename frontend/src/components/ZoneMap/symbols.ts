// Each state has a shape of its own and a dash of its own, so that colour is never all that tells them apart.
const SHAPES: Record<string, string> = {
  PLANNED: "M0,-7 A7,7 0 1 1 0,7 A7,7 0 1 1 0,-7 Z M0,-3 A3,3 0 1 0 0,3 A3,3 0 1 0 0,-3 Z",
  SITE_CLEARANCE: "M0,-8 L8,6 L-8,6 Z",
  UNDER_CONSTRUCTION: "M0,-8 L8,0 L0,8 L-8,0 Z",
  OPERATING: "M-6.5,-6.5 H6.5 V6.5 H-6.5 Z",
};
const DASHES: Record<string, string> = {
  PLANNED: "1 5",
  SITE_CLEARANCE: "4 4",
  UNDER_CONSTRUCTION: "9 4",
};

/** The path of a state's symbol around 0,0, some 16 units across. */
export function shapeOf(state: string): string {
  return SHAPES[state] ?? "M0,-6 A6,6 0 1 1 0,6 A6,6 0 1 1 0,-6 Z";
}

/** `stroke-dasharray` of a boundary; none where the zone is there. */
export function dashOf(state: string): string | undefined {
  return DASHES[state];
}
