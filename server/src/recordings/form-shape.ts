import { formatOf } from '../pictures/picture-format.ts'
import { readHead } from '../pictures/read-head.ts'
import type { Masker } from './mask-values.ts'
import { type FormPart, PARTS_MAX } from './recording.ts'

const EXTENSION = /\.[a-z0-9]{1,5}$/i

/** A form by its shape: fields with their masked values, and of files all but their bytes. Nothing where it is no form. */
export async function shapeOfForm(type: string, body: Buffer, masker: Masker): Promise<FormPart[] | undefined> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const parts = [...form].slice(0, PARTS_MAX)
    return await Promise.all(parts.map(([name, value]) => shapeOfPart(name, value, masker)))
  } catch {
    return undefined
  }
}

async function shapeOfPart(name: string, value: File | string, masker: Masker): Promise<FormPart> {
  if (typeof value === 'string') return { name, value: String(masker.mask(value, name)) }
  const bytes = Buffer.from(await value.arrayBuffer())
  // The name of a file may be that of a person, also behind its last dot.
  const [extension = ''] = EXTENSION.exec(value.name) ?? []
  const file = `file${extension}`
  return { name, file, ...(value.type && { type: value.type }), bytes: bytes.length, ...shapeOfPicture(bytes) }
}

function shapeOfPicture(bytes: Buffer): Pick<FormPart, 'format' | 'width' | 'height'> {
  const format = formatOf(bytes)
  if (!format) return { format: 'other' }
  try {
    const { width, height } = readHead(bytes, format)
    return { format, width, height }
  } catch {
    return { format }
  }
}
