import { API_ENDPOINTS } from '@shenpi/sdk/calls/endpoints'
import type { LiveEvent } from './message.ts'

const NAMES = ['application', 'arrived'] as const satisfies readonly LiveEvent['name'][]

export interface StreamListener {
  told(event: LiveEvent): void
  opened(): void
  /** The browser tries again by itself. */
  lost(): void
  /** The server does not want to be asked again like this. */
  refused(): void
}

/** The one stream of events. What it watches can change: the next stream is there before the one before it ends. */
export class EventStream {
  readonly #listener: StreamListener
  #source: EventSource | undefined
  #next: EventSource | undefined

  constructor(listener: StreamListener) {
    this.#listener = listener
  }

  open(ids: readonly string[]): void {
    this.#next?.close()
    const query = ids.length > 0 ? `?ids=${ids.join(',')}` : ''
    const source = new EventSource(`/api/v1${API_ENDPOINTS.watchApplications.path}${query}`)
    this.#next = source
    source.onopen = () => {
      if (source === this.#next) {
        this.#source?.close()
        this.#source = source
        this.#next = undefined
      }
      this.#listener.opened()
    }
    source.onerror = () => {
      if (source !== this.#source && source !== this.#next) return
      if (source.readyState !== EventSource.CLOSED) return this.#listener.lost()
      this.close()
      this.#listener.refused()
    }
    for (const name of NAMES) {
      source.addEventListener(name, ({ data }: MessageEvent<string>) =>
        this.#listener.told({ name, data: JSON.parse(data) }),
      )
    }
  }

  close(): void {
    this.#source?.close()
    this.#next?.close()
    this.#source = undefined
    this.#next = undefined
  }
}
