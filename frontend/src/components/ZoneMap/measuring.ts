/** Lengths and areas on a sphere of the earth's mean radius: half a percent from the ellipsoid at the most. */

export interface Spot {
  lat: number;
  lng: number;
}

const RADIUS = 6371.0088; // kilometres
const radians = (degrees: number) => (degrees * Math.PI) / 180;

function between(one: Spot, other: Spot): number {
  const up = Math.sin(radians(other.lat - one.lat) / 2) ** 2;
  const across = Math.sin(radians(other.lng - one.lng) / 2) ** 2;
  return (
    2 * RADIUS * Math.asin(Math.sqrt(up + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * across))
  );
}

/** Kilometres from spot to spot. */
export function lengthKm(spots: Spot[]): number {
  return spots.slice(1).reduce((sum, spot, place) => sum + between(spots[place]!, spot), 0);
}

/** Hectares within the ring that the spots make; Chamberlain and Duquette, JPL 07-03. */
export function areaHa(spots: Spot[]): number {
  const sum = spots.reduce((total, { lat, lng }, place) => {
    const next = spots[(place + 1) % spots.length]!;
    return total + radians(next.lng - lng) * (2 + Math.sin(radians(lat)) + Math.sin(radians(next.lat)));
  }, 0);
  return Math.abs((sum * RADIUS * RADIUS) / 2) * 100;
}
