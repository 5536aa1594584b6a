import type { Place } from '../../data/shakes.ts'

export const isOpenid = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text)

/**
 * Where a phone is, as it was typed.
 *
 * @example
 * readPlace('23.129, 113.264') // { latitude: 23.129, longitude: 113.264 }
 */
export function readPlace(text: string): Place | undefined | 'malformed' {
  if (text.trim() === '') return undefined
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  const [latitude, longitude] = [Number(found?.[1]), Number(found?.[2])]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : 'malformed'
}
