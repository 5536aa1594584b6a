import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const LOOKS = [
  ['zh', 'light'],
  ['zh', 'dark'],
  ['en', 'light'],
  ['en', 'dark'],
] as const

/** Of axe's rules those whose every check is milder: what they find would be left out, and takes them a third of the time. */
const MILD = `Object.fromEntries(axe._audit.rules
  .filter((rule) => ![rule, ...[...rule.any, ...rule.all, ...rule.none].map((check) => axe._audit.checks[check.id ?? check])]
    .some(({ impact }) => impact === 'serious' || impact === 'critical'))
  .map(({ id }) => [id, { enabled: false }]))`

/** What axe finds to be serious, with where it is. Base UI's guards take the focus at the ends of what is open and hand it on. */
const faultsIn = (part: string) => `axe.run(
  { include: ['${part}'], exclude: ['[data-base-ui-focus-guard]'] },
  { resultTypes: ['violations'], rules: ${MILD} },
).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 200) + failureSummary)))`

/**
 * Fails where axe finds something serious in either language and scheme, which are switched as the page stands.
 *
 * @param part the selector of what is looked at, beside what stands around it
 */
export async function assertAccessible(page: Page, part = 'html'): Promise<void> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(AXE)
  for (const [language, scheme] of LOOKS) {
    await dress(page, { language, scheme })
    assert.deepEqual(await page.evaluate<string[]>(faultsIn(part)), [], `${language} ${scheme}`)
  }
}

/** Switch a page that stands, as another tab of the same person would. */
async function dress(page: Page, look: { language: string; scheme: string }): Promise<void> {
  const stored = JSON.stringify(JSON.stringify(look))
  await page.evaluate(`localStorage.setItem('shenpi.preferences', ${stored})
    dispatchEvent(new StorageEvent('storage', { key: 'shenpi.preferences' }))`)
  await page.locator(`html[data-scheme="${look.scheme}"]:lang(${look.language})`).waitFor()
}
