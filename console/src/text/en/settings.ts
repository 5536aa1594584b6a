import type { Messages } from '../zh.ts'

export const settings: Messages['settings'] = {
  title: 'Settings',
  look: 'Display',
  languageHint: 'In this browser only.',
  schemeHint: 'Follows the system unless you choose.',
  keys: 'Keyboard shortcuts',
  keysHint: 'Press ? on any page to see them.',
}
