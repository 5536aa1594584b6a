/** The highest ceiling of device IDs that an account can have, as high as the first one can be configured. */
export const DEVICE_CEILING_MAX = 1_000_000_000
