import type { Endpoint } from '../contract/api.ts'

/** Method and path of an endpoint, as `GET /applications/{id}`: in one text, because a bundle carries all of them. */
export type EndpointLine = `${Endpoint['method']} /${string}`

export function parseEndpointLine(line: EndpointLine): Pick<Endpoint, 'method' | 'path'> {
  const [method, path] = line.split(' ')
  // The type of a line says more than that of the parts of a text.
  return { method, path } as Pick<Endpoint, 'method' | 'path'>
}
