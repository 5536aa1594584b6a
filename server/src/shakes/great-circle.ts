/** A place on earth, in degrees. Everyone who compares two must mean the same system of coordinates. */
export interface Position {
  latitude: number
  longitude: number
}

/** The mean radius of the earth. Unit: metres. Source: IUGG, R1. */
const EARTH_RADIUS_M = 6_371_008.8

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** How far apart two places are along the ground. Unit: metres; by the haversine formula, exact to about 0.5 %. */
export function distanceBetween(a: Position, b: Position): number {
  const latitudes = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
  const longitudes = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  const chord = latitudes + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * longitudes
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)))
}
