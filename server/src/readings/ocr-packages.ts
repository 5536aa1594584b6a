import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** Where what reads pictures lies. */
export interface OcrPackages {
  /** The main file of `tesseract.js`. */
  main: string
  /** The folder of what it knows of Chinese. */
  data: string
  /** The folder of all packages that it may read. */
  root: string
}

/** What the tests ran with. They are the operator's to install: Shenpi depends on neither. */
const TESSERACT = 'tesseract.js'
const CHINESE = '@tesseract.js-data/chi_sim'
const TESTED = `${TESSERACT}@7.0.0 ${CHINESE}@1.0.0`

/**
 * Find the packages that `OCR=on` needs.
 *
 * @param folder where the operator installed them; absent: beside Shenpi's own
 * @throws Error that says in a sentence how to install them
 */
export function findOcrPackages(folder: string | undefined): OcrPackages {
  const require = createRequire(folder ? join(resolve(folder), 'package.json') : import.meta.url)
  try {
    const main = require.resolve(TESSERACT)
    const chinese = dirname(require.resolve(`${CHINESE}/package.json`))
    return { main, data: join(chinese, '4.0.0_best_int'), root: resolve(chinese, '../..') }
  } catch (error) {
    const prefix = folder ? ` --prefix ${folder}` : ''
    throw new Error(
      `OCR=on needs two packages that are not installed${folder ? ` in ${folder}` : ''}: run npm install --no-save --ignore-scripts${prefix} ${TESTED}`,
      { cause: error },
    )
  }
}
