import type { Trace } from './trace.ts'

/**
 * The look of a photo: whether each place of a 9 × 8 picture of it is lighter than its right neighbour, 64 bits in hex (a
 * difference hash). Photos that were scaled or packed anew differ in few places. A hint, never a proof.
 */
export type PhotoLook = string

/** What a photo is reduced to, in grey values from 0 to 255, a byte each. */
export const LOOK_SIZE = { width: 9, height: 8 } as const

/** Looks that differ in so many of 64 places at most are alike. Our choice. */
export const ALIKE_MAX = 6

/** A look with fewer edges is of a picture that is all the same, as is that of any other such. */
const EDGES_MIN = 6

const HEX_DIGITS = 16
/** A look is found by each quarter of it: two that differ in three places have one in common. */
const BAND_DIGITS = 4

/** The look of grey values, or undefined where there is too little to see. */
export function lookOf(grey: Uint8Array): PhotoLook | undefined {
  const { width, height } = LOOK_SIZE
  let look = 0n
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column + 1 < width; column += 1) {
      const at = row * width + column
      look = (look << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n)
    }
  }
  const hex = look.toString(16).padStart(HEX_DIGITS, '0')
  const lighter = distanceOf(hex, '0'.repeat(HEX_DIGITS))
  return lighter < EDGES_MIN || lighter > 64 - EDGES_MIN ? undefined : hex
}

/** In how many places two looks differ. */
export function distanceOf(one: PhotoLook, other: PhotoLook): number {
  let places = 0
  for (let at = 0; at < HEX_DIGITS; at += 1) {
    let differing = parseInt(one.charAt(at), 16) ^ parseInt(other.charAt(at), 16)
    for (; differing > 0; differing >>= 1) places += differing & 1
  }
  return places
}

/** The traces of a photo: the quarters of its look, each with where it stands. */
export const photoTraces = (look: PhotoLook): Trace[] =>
  Array.from({ length: HEX_DIGITS / BAND_DIGITS }, (_, at) => {
    return { kind: 'photo', value: `${at}${look.slice(at * BAND_DIGITS, (at + 1) * BAND_DIGITS)}` }
  })
