import { isDeepStrictEqual } from 'node:util'
import { fieldValue, KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import type { PictureChange } from '@shenpi/sdk/contract/states'
import type { Application } from '../applications/application.ts'
import type { DigestedPicture } from '../applications/list-digests.ts'

/** A try with its pictures. */
export type PicturedTry = Pick<Application, 'kind' | 'payload'> & { pictures: readonly DigestedPicture[] }

export interface ComparedField {
  field: string
  /** Undefined where it has none. */
  old: unknown
  new: unknown
  changed: boolean
}

export interface ComparedPicture {
  field: string
  change: PictureChange
  /** Positions in the earlier and in the later try. */
  old: number | null
  new: number | null
}

export interface Comparison {
  fields: ComparedField[]
  pictures: ComparedPicture[]
}

/** What has changed between two tries of one kind, field by field in the order in which a reviewer reads them. */
export function compareTries(before: PicturedTry, after: PicturedTry): Comparison {
  const pictures = KIND_FIELDS[after.kind]
    .filter(({ type }) => type === 'pictures')
    .flatMap(({ name }) => pairPictures(name, picturesIn(name, before), picturesIn(name, after)))
  const fields = KIND_FIELDS[after.kind].map((field) => {
    const [old, now] = [fieldValue(field, before.payload), fieldValue(field, after.payload)]
    const changed =
      field.type === 'pictures'
        ? pictures.some((picture) => picture.field === field.name && picture.change !== 'same')
        : !isDeepStrictEqual(old, now)
    return { field: field.name, old, new: now, changed }
  })
  return { fields, pictures }
}

const picturesIn = (field: string, { pictures }: PicturedTry) => pictures.filter((picture) => picture.field === field)

/** Two pictures are the same by what they show; where that is not known, by what they were called. */
const identityOf = ({ digest, reference }: DigestedPicture): string => digest ?? reference

/** Pair the pictures of a field: the same ones wherever they stand, then those that stand at the same position. */
function pairPictures(
  field: string,
  before: readonly DigestedPicture[],
  after: readonly DigestedPicture[],
): ComparedPicture[] {
  const left = [...before]
  const take = (fits: (picture: DigestedPicture) => boolean): number | undefined => {
    const at = left.findIndex(fits)
    return at < 0 ? undefined : left.splice(at, 1)[0]?.position
  }
  const same = new Map(
    after.map((picture) => [picture, take((other) => identityOf(other) === identityOf(picture))] as const),
  )
  const paired = after.map((picture): ComparedPicture => {
    const found = same.get(picture)
    if (found !== undefined) return { field, change: 'same', old: found, new: picture.position }
    const replaced = take(({ position }) => position === picture.position)
    if (replaced !== undefined) return { field, change: 'changed', old: replaced, new: picture.position }
    return { field, change: 'new', old: null, new: picture.position }
  })
  return [...paired, ...left.map(({ position }) => ({ field, change: 'gone' as const, old: position, new: null }))]
}
