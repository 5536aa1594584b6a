import { isUtf8 } from 'node:buffer'
import { PICTURE_MAX_BYTES } from '../../pictures/inspect-picture.ts'
import type { PictureFile } from '../../pictures/inspect-upload.ts'
import { Problem, problemOf } from '../../problem.ts'

export interface Upload {
  fields: Record<string, string>
  /**
   * The first part named `media`, or `buffer` as the calls for stores name it, that is a file: a text under that name is
   * none. Files under other names are passed over.
   */
  file: PictureFile | undefined
}

const isFilePart = (name: string | undefined): boolean => name === 'media' || name === 'buffer'
const FIELDS_MAX = 20
/** A body of 10 MB can hold a million parts, which take ten seconds: nobody else is served while one is read. */
const PARTS_MAX = 40
/** How much of a body is read at a time, in bytes; between two, others are served. */
const SLICE_BYTES = 64 * 1024
const FIELD_MAX_BYTES = 4096
/** What is read of a part's head, in bytes: the parser looks at each of them many times. */
const HEAD_MAX_BYTES = 8192

/** Whether a body says that it is multipart. */
export const isMultipart = (contentType: string | undefined): contentType is string =>
  /^\s*multipart\/form-data/i.test(contentType ?? '')

/** text/plain is what the parser says of a part that says nothing, as RFC 7578 has it: such a part has declared nothing. */
const declared = (mediaType: string): string | undefined => (mediaType === 'text/plain' ? undefined : mediaType)

/**
 * Take a multipart body apart.
 *
 * @throws Problem `body.unparsable`
 */
export async function parseMultipart(contentType: string, body: Buffer): Promise<Upload> {
  // Loaded with the first upload: a server that starts has none to read.
  const { Busboy } = await import('@fastify/busboy')
  return await new Promise((resolve, reject) => {
    const fields: Record<string, string> = {}
    const parts: FilePart[] = []
    let isOver = false
    const refuse = (problem: Problem) => {
      isOver = true
      reject(problem)
    }
    const unparsable = () => refuse(new Problem('body.unparsable'))
    let parser: InstanceType<typeof Busboy>
    try {
      parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fields: FIELDS_MAX, fieldSize: FIELD_MAX_BYTES, parts: PARTS_MAX, headerSize: HEAD_MAX_BYTES },
        // A part is a file when it is named so, whatever else its head leaves out.
        isPartAFile: (name, type, filename) =>
          isFilePart(name) || filename !== undefined || type === 'application/octet-stream',
      })
    } catch {
      unparsable()
      return
    }
    parser.on('field', (name, value) => {
      fields[name] = value
    })
    parser.on('file', (name, stream, filename, _encoding, mediaType) => {
      stream.on('error', unparsable)
      if (!isFilePart(name)) {
        stream.resume()
        return
      }
      const part: FilePart = { chunks: [], size: 0, mediaType: declared(mediaType), isNamed: filename !== undefined }
      parts.push(part)
      stream.on('data', (chunk: Buffer) => {
        // Of what is too large to be a picture the size alone is of interest.
        if (part.size <= PICTURE_MAX_BYTES) part.chunks.push(chunk)
        part.size += chunk.length
      })
    })
    parser.on('error', unparsable)
    parser.on('partsLimit', () => refuse(problemOf('body.unparsable', `at most ${PARTS_MAX} parts are read`)))
    parser.on('finish', () => resolve({ fields, file: firstFile(parts) }))
    const readFrom = (start: number) => {
      if (isOver) return
      if (start >= body.length) parser.end()
      else parser.write(body.subarray(start, start + SLICE_BYTES), () => setImmediate(readFrom, start + SLICE_BYTES))
    }
    readFrom(0)
  })
}

interface FilePart {
  chunks: Buffer[]
  size: number
  mediaType: string | undefined
  isNamed: boolean
}

function firstFile(parts: readonly FilePart[]): PictureFile | undefined {
  for (const { chunks, size, mediaType, isNamed } of parts) {
    const bytes = Buffer.concat(chunks)
    // Some clients send neither a file name nor a media type: such a part is a file when it holds no text.
    if (isNamed || mediaType !== undefined || !isText(bytes)) return { bytes, size }
  }
  return undefined
}

const isText = (bytes: Buffer): boolean => isUtf8(bytes) && !bytes.includes(0)
