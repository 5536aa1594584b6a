/** Milliseconds since the process began, with fractions: for how long something took or is good for inside the process. */
export const elapsed = (): number => performance.now()
