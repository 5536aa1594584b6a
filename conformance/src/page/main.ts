import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conformancePage } from './conformance-page.ts'

// npm run page -w conformance: write docs/conformance.md; a test tells when it is out of date.

export const PAGE_PATH = join(import.meta.dirname, '../../../docs/conformance.md')

if (import.meta.main) writeFileSync(PAGE_PATH, conformancePage())
