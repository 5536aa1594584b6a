/** Stands for a value that is not known yet: what is read of it is what `read` says. */
export function standIn<Value extends object>(read: (member: string) => unknown): Value {
  // A proxy is of the type of what it stands for, and there is none yet.
  return new Proxy({} as Value, { get: (_, member) => read(String(member)) })
}
