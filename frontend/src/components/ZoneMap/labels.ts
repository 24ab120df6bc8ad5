/** Where names stand on a drawing: beside their place, above or below it, where they cover the least. */

export type Side = "right" | "left" | "above" | "below";

export interface Label {
  side: Side;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

interface Named {
  x: number;
  y: number;
  name: string;
}

type Rectangle = [left: number, top: number, right: number, bottom: number];

const LETTER = 8; // width of one on average, in semi-bold of 14 units
const SYMBOL = 11; // half of one's width, with some air
const LINE = 14;

/** A label for each place, in their order; `width` and `height` are those of the drawing. */
export function labelsFor(places: Named[], width: number, height: number): Label[] {
  const taken: Rectangle[] = places.map(({ x, y }) => [x - SYMBOL, y - SYMBOL, x + SYMBOL, y + SYMBOL]);
  return places.map((place) => {
    const [best] = candidates(place)
      .map((label) => ({ label, box: boxOf(label, place.name) }))
      .map((each) => ({ ...each, cost: cost(each.box, taken, width, height) }))
      .sort((one, other) => one.cost - other.cost);
    taken.push(best!.box);
    return best!.label;
  });
}

function candidates({ x, y }: Named): Label[] {
  return [
    { side: "right", x: x + 14, y: y + 5, anchor: "start" },
    { side: "left", x: x - 14, y: y + 5, anchor: "end" },
    { side: "above", x, y: y - 14, anchor: "middle" },
    { side: "below", x, y: y + 25, anchor: "middle" },
  ];
}

function boxOf({ x, y, anchor }: Label, name: string): Rectangle {
  const length = name.length * LETTER;
  const left = { start: x, middle: x - length / 2, end: x - length }[anchor];
  return [left, y - LINE, left + length, y + 3];
}

/** The area that is covered of others, and ten times what would be cut off. */
function cost(box: Rectangle, taken: Rectangle[], width: number, height: number): number {
  const inside = overlap(box, [0, 0, width, height]);
  const area = (box[2] - box[0]) * (box[3] - box[1]);
  return taken.reduce((sum, other) => sum + overlap(box, other), 10 * (area - inside));
}

function overlap(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one[2], other[2]) - Math.max(one[0], other[0]);
  const up = Math.min(one[3], other[3]) - Math.max(one[1], other[1]);
  return across > 0 && up > 0 ? across * up : 0;
}
