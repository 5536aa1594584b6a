import { aMultipart, MEDIA } from './multipart.ts'

const whole = aMultipart({ head: [MEDIA, 'Content-Type: image/png'], body: 'x'.repeat(500) })

/** Multipart forms that are not as they should be. */
export const FORMS = {
  'a form without its boundary': () => ({ headers: { 'content-type': 'multipart/form-data' }, body: whole.body }),
  'a form that breaks off in its file': () => ({ ...whole, body: whole.body.subarray(0, 300) }),
  'a form that breaks off at its end': () => ({ ...whole, body: whole.body.subarray(0, whole.body.length - 4) }),
  'a form with a text named media': () =>
    aMultipart({ head: ['Content-Disposition: form-data; name="media"'], body: '@picture.png' }),
  'a form of 41 parts': () =>
    aMultipart(...Array(41).fill({ head: ['Content-Disposition: form-data; name="a"'], body: '' })),
  'a form of 100,000 parts': () => aMultipart(...Array(100_000).fill({ head: [], body: '' })),
} as const
export type FormName = keyof typeof FORMS
