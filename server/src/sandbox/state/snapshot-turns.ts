/**
 * What concerns snapshots and their files goes one after the other: a sandbox is one process. A turn waits for the gate, so nobody
 * waits for a turn inside the gate.
 */
export class SnapshotTurns {
  /** The last that is under way. */
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => {})
    return done
  }
}
