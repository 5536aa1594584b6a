import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Random bytes that nobody can foretell, in a sandbox neither: for secrets, keys and names that must never meet. */
export const drawSecret = (length: number): Buffer => randomBytes(length)

/** A whole number from 0 up to `below`, without it, each as likely as another. */
export const drawBelow = (below: number): number => randomInt(below)

/** A version 4 UUID. */
export const drawUuid = (): string => randomUUID()
