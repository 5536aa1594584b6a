import * as world from './world.ts'

/** How cases name what differs from server to server: as places, which a world fills. */

type Owner = keyof typeof world.PICTURES

const picturesOf = (owner: Owner) => ({
  icon: `{${owner}Icon}`,
  license: `{${owner}License}`,
  picture: `{${owner}Picture}`,
  mediaId: `{${owner}MediaId}`,
  photo: `{${owner}Photo}`,
})
export const PICTURES = {
  merchant: picturesOf('merchant'),
  stranger: picturesOf('stranger'),
  newcomer: picturesOf('newcomer'),
  nobody: world.PICTURES.nobody,
}

const credentialsOf = (member: world.Member) => ({ appid: `{${member}Appid}`, secret: `{${member}Secret}` })
export const CREDENTIALS = {
  merchant: credentialsOf('merchant'),
  stranger: credentialsOf('stranger'),
  newcomer: credentialsOf('newcomer'),
  frozen: credentialsOf('frozen'),
  secretFrozen: credentialsOf('secretFrozen'),
}

/** Devices by their numbers in the world: 1 to 5 and 8 are the merchant's, 6 and 7 the stranger's. */
export const deviceId = (number: number) => `{device${number}}`
/** The iBeacon triple of a device. */
export const beaconOf = (number: number) => ({
  uuid: `{uuid${number}}`,
  major: `{major${number}}`,
  minor: `{minor${number}}`,
})
export const pageId = (number: number) => `{page${number}}`

export const STORES = {
  approved: '{store}',
  underReview: '{storeUnderReview}',
  deleted: '{deletedStore}',
  strangers: {
    approved: '{strangersStore}',
    underReview: '{strangersStoreUnderReview}',
    rejected: '{strangersRejectedStore}',
    deleted: '{strangersDeletedStore}',
  },
} as const
export const STRANGERS = { page: '{strangersPage}', group: '{strangersGroup}' } as const

export const NOW = '{now}'
/** Midnight in China, so many days ago. */
export const daysAgo = (days: number) => `{daysAgo${days}}`

/** A place as digits in a text. */
export const inDigits = (place: string) => place.replace('}', '.text}')
