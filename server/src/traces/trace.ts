import { hash } from 'node:crypto'
import { findCreditCodes } from '@shenpi/sdk/contract/credit-code'
import { type FieldType, fieldValue, KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import type { KindName, PictureField, TraceKind } from '@shenpi/sdk/contract/states'

/** Something of an application by which others can be found, in one spelling. */
export interface Trace {
  kind: TraceKind
  value: string
}

/** The pictures that others may resemble. Never licences: two of different firms look alike. */
export const PHOTOS: PictureField = 'photo_list'

/** The most licence numbers that are kept of one application. Our choice. */
const LICENCES_MAX = 20

/**
 * The traces that an application's payload leaves: what its fields say, and licence numbers wherever one is typed. Those of
 * its pictures are laid with these.
 *
 * @param payload as its kind shapes it; what is of another shape leaves no trace
 */
export function tracesOf(kind: KindName, payload: unknown): Trace[] {
  const traces: Trace[] = []
  const licences = new Set<string>()
  for (const field of KIND_FIELDS[kind]) {
    const value = fieldValue(field, payload)
    if (typeof value !== 'string') continue
    const normalize = NORMALIZED[field.type]
    if (normalize) traces.push({ kind: normalize.kind, value: normalize.by(value) })
    else for (const code of findCreditCodes(value)) licences.add(code)
  }
  for (const value of [...licences].slice(0, LICENCES_MAX)) traces.push({ kind: 'licence', value })
  return traces.filter(({ value }) => value !== '')
}

/** A trace of a picture that the application names: its digest. */
export const pictureTrace = (digest: string): Trace => ({ kind: 'picture', value: digest })

/**
 * A phone number in one spelling: its digits, without what China is called by from outside and within.
 *
 * @example
 * normalizePhone('+86 (010) 8888-6666') // '1088886666'
 */
export function normalizePhone(typed: string): string {
  const digits = typed.normalize('NFKC').replaceAll(/\D/g, '').replace(/^0+/, '')
  const national = digits.length > 11 ? digits.replace(/^86/, '') : digits
  return national.replace(/^0+/, '')
}

/** A text in one spelling. PostgreSQL keeps neither U+0000 nor half a character. */
export const normalizeText = (typed: string): string =>
  typed.normalize('NFKC').replaceAll('\0', '').toWellFormed().trim().toLowerCase()

/** A name in one spelling, which gaps do not change. */
export const normalizeName = (typed: string): string => normalizeText(typed).replaceAll(/\s/g, '')

/** The fields whose whole text is a trace. */
const NORMALIZED: { readonly [Type in FieldType]?: { kind: TraceKind; by: (typed: string) => string } } = {
  phone: { kind: 'phone', by: normalizePhone },
  email: { kind: 'email', by: normalizeText },
  contact_name: { kind: 'contact', by: normalizeName },
}

/**
 * The number that a trace is kept under: of its digest as much as JavaScript holds exactly. Beside 100,000,000 others a
 * trace has the number of another one once in 90,000,000.
 */
export function traceNo({ kind, value }: Trace): number {
  const digest = hash('sha256', `${kind}:${value}`, 'hex')
  return Number.parseInt(digest.slice(0, 13), 16)
}
