/** What only staff, a phone or time can bring about; the tests make it so. */
export type Given =
  | 'the merchant has pages 1 to 31'
  | 'device 2 was last shaken at 1437276018'
  | 'the merchant has 1000 groups'
  | 'group 1 holds 10,000 devices'
  | 'staff reject what the newcomer applied for'
  | 'staff reject what the merchant applied for'
  | 'staff approve what the merchant applied for'
  | 'a phone shakes near device 1, which has page 1'
  | 'red packets are pre-ordered for the merchant'
  | 'the stranger has a lottery'
  | 'lottery 1 was filled by 3001 calls'
  | 'a phone shakes near device 1, which has the page of lottery 1, and opens it'
  | 'an hour passes'
  | 'people shook near devices 1 and 2 one and three days ago'
  | 'the disk of the pictures is gone'
  | 'the operator wants half of the devices to be in use'
  | 'the operator requires HTTPS'
  | 'the operator bans the merchant from the component'
  | 'the operator connects the merchant again'
  | 'the operator cancels the merchant’s access'
  | 'a second passes'
  | 'a minute passes'
  | 'half an hour less a second passes'
  | 'the stranger has forced 20 refreshes today'
  | 'the merchant has reset its quota 10 times this month'
  | 'the merchant and the stranger were refused something'
  | 'the stranger may make a call once a minute'
  | 'the stranger may make a call once a day'
  | 'the stranger has made 20,000 calls of the shop this second'
  | 'the stranger is served from 203.0.113.7 alone'

/** What a world has from the beginning, and an account of another server may lack. */
export const FACTS = [
  'Shake Nearby is open for it',
  'it has no other devices',
  'it has no other pages',
  'it has no other groups',
  'it has no brands',
  'it had applied for no category',
  'a category is granted, another under review',
  'its access to the shop is as it was opened',
  'the categories are the sandbox’s',
  'the certificates are the sandbox’s',
  'the stranger is a new account',
] as const
export type Fact = (typeof FACTS)[number]
