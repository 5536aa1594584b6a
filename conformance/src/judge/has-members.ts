/** Whether a value is an object or an array, whose items are members too. */
export const hasMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
