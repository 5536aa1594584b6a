import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { type Actor, actorKey } from '../../actors/actor.ts'
import { Problem } from '../../problem.ts'

/** After so long without taking anything a reader has gone. Unit: milliseconds. */
const STALLED_MS = 60_000

/** The files that a server writes at once. Few of them are for the same person or key, so that nobody takes all places. */
export class ExportPlaces {
  readonly #max: number
  readonly #ofOneMax: number
  readonly #taken: string[] = []

  constructor({ max, ofOneMax }: { max: number; ofOneMax: number }) {
    this.#max = max
    this.#ofOneMax = ofOneMax
  }

  /** Hold a place until the file has ended. @throws Problem `export.too_many` */
  take(actor: Actor, file: Readable, reply: FastifyReply): Readable {
    const one = actorKey(actor)
    const ofOne = this.#taken.filter((each) => each === one).length
    if (this.#taken.length >= this.#max || ofOne >= this.#ofOneMax) throw new Problem('export.too_many')
    this.#taken.push(one)
    file.once('close', () => void this.#taken.splice(this.#taken.indexOf(one), 1))
    reply.raw.setTimeout(STALLED_MS, () => reply.raw.destroy())
    return file
  }
}
