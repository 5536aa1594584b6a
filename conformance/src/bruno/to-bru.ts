import { PLACES } from '../world/places.ts'

const PLACE = /\{(\w+)(?:\.text)?\}/g

/** A value as JSON with Bruno's variables for its places: `{{name}}`, without quotes where it stands for a number. */
export const toBru = (value: unknown): string =>
  toBruText(JSON.stringify(value, undefined, 2)).replace(/"\{\{(\w+)\}\}"/g, (found, place: string) =>
    typeof PLACES[place] === 'number' ? `{{${place}}}` : found,
  )

/** A text with Bruno's variables for its places. */
export const toBruText = (text: string): string =>
  text.replace(PLACE, (found, place: string) => (Object.hasOwn(PLACES, place) ? `{{${place}}}` : found))
