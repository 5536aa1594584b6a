import type { WireRequest } from '../wire/exchange.ts'

/** A request as it goes out. */
export type Outgoing = Required<Pick<WireRequest, 'method' | 'path' | 'headers'>> & { query: string; body: Buffer }

/**
 * What is wrong with a request: in its members, in the bytes of its body, or in what is around them. Whether it is refused
 * is the contract's matter; a value can be changed to another good one.
 */
export type Mutation = { name: string } & (
  | { in: 'value'; change: (value: unknown) => unknown }
  | { in: 'body'; change: (body: Buffer) => Buffer }
  | { in: 'request'; change: (request: Outgoing) => Outgoing }
)
