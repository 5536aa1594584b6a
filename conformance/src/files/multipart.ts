export interface Part {
  /** The lines of its head. */
  head: readonly string[]
  body: Buffer | string
}

export const MEDIA = 'Content-Disposition: form-data; name="media"; filename="picture.png"'

/** Multipart as some clients write it, down to the heads of the parts. */
export function aMultipart(...parts: readonly Part[]): { headers: Record<string, string>; body: Buffer } {
  const boundary = '----boundary'
  const pieces = parts.flatMap(({ head, body }) => [
    Buffer.from(`--${boundary}\r\n${head.map((line) => `${line}\r\n`).join('')}\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

/** A form with a file named `media`, and fields. */
export function aForm(bytes: Buffer | string | undefined, type = 'image/png', fields: Record<string, string> = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (bytes !== undefined) form.set('media', new Blob([new Uint8Array(Buffer.from(bytes))], { type }), 'picture.png')
  return form
}
