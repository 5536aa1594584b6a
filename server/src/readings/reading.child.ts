import { setPriority } from 'node:os'
import { pathToFileURL } from 'node:url'

/**
 * The process that reads pictures, one after another: it takes a picture as a PGM and answers the text, after it has
 * said that it is ready. It ends with the server. Tesseract works in a thread, so that what stands here goes on meanwhile.
 */

/** What `tesseract.js` is to us. */
interface Tesseract {
  createWorker(language: string, engine: number, options: object): Promise<Reader>
}
interface Reader {
  setParameters(parameters: Record<string, string>): Promise<unknown>
  recognize(picture: Uint8Array): Promise<{ data: { text: string } }>
}

const LSTM_ONLY = 1
const PARAMETERS: Record<string, string> = Object.fromEntries([
  // Those of a credit code: others are read as the most similar of them.
  ['tessedit_char_whitelist', '0123456789ABCDEFGHJKLMNPQRTUWXY'],
  // Text wherever it stands: a licence has no columns.
  ['tessedit_pageseg_mode', '11'],
])

/** The most that it may hold; a page of a licence takes 240 MB. Unit: bytes. */
const MEMORY_MAX = 512 * 1024 * 1024
const LOOK_MS = 200
/** What is answered of a text at most. Unit: characters. */
const TEXT_MAX = 20_000

// The server and its merchants come first.
setPriority(10)
setInterval(() => process.memoryUsage.rss() > MEMORY_MAX && process.exit(1), LOOK_MS).unref()
process.on('disconnect', () => process.exit())

const started = start()
process.on('message', async (picture) => {
  if (!(picture instanceof Uint8Array)) return
  const reader = await started
  const { data } = await reader.recognize(picture)
  process.send?.(data.text.slice(0, TEXT_MAX))
})

async function start(): Promise<Reader> {
  const [main = '', langPath = ''] = process.argv.slice(2)
  const { default: tesseract }: { default: Tesseract } = await import(pathToFileURL(main).href)
  const reader = await tesseract.createWorker('chi_sim', LSTM_ONLY, { langPath, cacheMethod: 'none' })
  await reader.setParameters(PARAMETERS)
  process.send?.('ready')
  return reader
}
