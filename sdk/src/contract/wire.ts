import { devices } from './devices.ts'
import { platform } from './platform.ts'
import { shakearound } from './shakearound.ts'
import { shakes } from './shakes.ts'
import { shopAccess } from './shop-access.ts'
import { shops } from './shops.ts'
import { stores } from './stores.ts'

/** The whole wire: every call there is, by the file that states it. */
export const wire = { platform, shakearound, devices, shakes, shops, shopAccess, stores }
export type Wire = typeof wire
