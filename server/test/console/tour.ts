import type { Look } from './open-console.ts'

/** Where the tour's pictures stand, and the most that one weighs. Unit: bytes. */
export const TOUR_FOLDER = 'docs/console'
export const PICTURE_MAX = 150_000

/** A picture of docs/console.md, and how to come to it. */
export interface Stop {
  /** The picture's file is called so. */
  name: string
  /** The route of the page, as the console's router has it. */
  route: string
  /** The page's own path; `APPLICATION`, `SAMPLE`, `APPID`, `DELIVERY`, `INVITATION`, `SANDBOX` and `RID` stand for those of the demo. */
  path?: string
  /** What `APPLICATION` is. */
  finds?: { kind: string; again?: boolean }
  /** Pressed one after the other, as soon as the page answers them. */
  keys?: readonly string[]
  /** What stands there when the page answers keys. */
  answers?: string
  /** What stands there when the picture is drawn. */
  shows: string
  look?: Pick<Look, 'language' | 'scheme' | 'width' | 'height'>
  isVisitor?: boolean
}

const QUEUE = { route: '/queue', answers: '[role="row"] >> nth=5', shows: '[role="row"] >> nth=5' }
const APPLICATION = {
  route: '/applications/$id',
  path: '/applications/APPLICATION',
  answers: 'button:enabled:has-text("Reject")',
}
const ACCOUNT = { route: '/accounts/$appid/{-$part}', path: '/accounts/APPID' }
const PICTURE = 'img[alt][style*="visible"]'

/** The stops of docs/console.md, at least one for each page of the console. */
export const TOUR: readonly Stop[] = [
  { name: 'sign-in', route: '/sign-in', path: '/queue', shows: 'input[type="password"]', isVisitor: true },
  { name: 'invitation', route: '/invitation', path: '/invitation#INVITATION', shows: 'input', isVisitor: true },
  { ...QUEUE, name: 'queue' },
  { ...QUEUE, name: 'queue-zh-dark', look: { language: 'zh', scheme: 'dark' } },
  { ...QUEUE, name: 'bulk', path: '/queue?kind=store', keys: ['x', 'j', 'x', 'j', 'x'], shows: 'text=3 chosen' },
  { ...QUEUE, name: 'palette', keys: ['Control+k'], shows: '[role="listbox"]' },
  { ...APPLICATION, name: 'application', finds: { kind: 'category_qualification' }, shows: PICTURE },
  {
    ...APPLICATION,
    name: 'again',
    finds: { kind: 'category_qualification', again: true },
    keys: ['c'],
    shows: `${PICTURE} >> nth=1`,
  },
  {
    ...APPLICATION,
    name: 'rejection',
    finds: { kind: 'account_activation' },
    keys: ['r'],
    shows: '[role="option"]',
  },
  {
    ...APPLICATION,
    name: 'narrow',
    finds: { kind: 'account_activation', again: true },
    shows: 'button:enabled:has-text("Approve")',
    look: { width: 360, height: 740 },
  },
  { name: 'samples', route: '/samples', shows: 'li time' },
  { name: 'sample', route: '/samples/$id', path: '/samples/SAMPLE', shows: 'button:enabled:has-text("Approve")' },
  { name: 'dashboard', route: '/dashboard', shows: 'main section h2' },
  { name: 'accounts', route: '/accounts', shows: '[role="row"] a' },
  { ...ACCOUNT, name: 'account', shows: 'dl code' },
  { name: 'callbacks', route: '/callbacks', shows: '[role="row"] a' },
  { name: 'delivery', route: '/callbacks/$id', path: '/callbacks/DELIVERY', shows: 'text=HTTP 200' },
  { name: 'reasons', route: '/reasons', shows: 'li h3' },
  { name: 'policy', route: '/policy', shows: '[data-look="holiday"]' },
  { name: 'staff', route: '/staff', shows: 'h3' },
  { name: 'trail', route: '/trail', shows: 'li time' },
  { name: 'sandbox', route: '/sandbox/{-$part}', path: '/sandbox?appid=SANDBOX', shows: '[role="row"] a' },
  { name: 'request', route: '/requests/$rid', path: '/requests/RID', shows: 'tr code' },
  { name: 'settings', route: '/settings', shows: '[role="radiogroup"]' },
]
