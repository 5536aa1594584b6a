/** Stands for a parameter while a statement is built, so that its value can be filled in later. */
export class Place {
  readonly name: string
  /** What becomes of the value on its way to the database. */
  readonly encode: (value: unknown) => unknown

  constructor(name: string, encode: (value: unknown) => unknown = (value) => value) {
    this.name = name
    this.encode = encode
  }
}

/** What stands for the parameters of a statement: each of its members is a {@link Place}. */
export function placesOf<Params extends object>(): Params {
  // A proxy is of the type of what it stands for, and there is none yet.
  return new Proxy({} as Params, { get: (_, name) => new Place(String(name)) })
}

/** A value, or the place of one, encoded. */
export function encoded<Value>(value: Value, encode: (value: Value) => unknown): unknown {
  if (value instanceof Place) return new Place(value.name, (filled) => encode(filled as Value))
  return encode(value)
}
