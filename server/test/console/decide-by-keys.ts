import type { Page } from 'playwright-core'
import type { OpenConsole } from './open-console.ts'

/** Notes how long after a key the number in the header changes. */
const MEASURE = `window.waits = []; {
  let pressed = 0, before = ''
  addEventListener('keydown', () => { pressed = performance.now() }, true)
  const look = () => {
    const now = document.querySelector('header h1 + span')?.textContent ?? ''
    if (!now || now === before) return
    if (before) requestAnimationFrame(() => waits.push(performance.now() - pressed))
    before = now
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
}`

/**
 * Decide applications from the queue by keys alone, each fifth against it, until the last one is on the screen.
 *
 * @param ids in the order of the queue
 * @returns how long it took from a key to the next application on the screen, the quickest first. Unit: milliseconds
 */
export async function decideByKeys(window: OpenConsole, ids: readonly string[]): Promise<number[]> {
  const { page } = window
  await page.addInitScript(MEASURE)
  await window.goto('/queue')
  await page.locator('[role="row"]').first().waitFor()
  await page.keyboard.press('Enter')
  for (const [index, id] of ids.slice(0, -1).entries()) {
    await shown(page, id)
    if (index % 5 === 4) {
      await page.keyboard.press('r')
      await page.getByRole('textbox', { name: 'Reason' }).focus()
      await page.keyboard.type('营业执照照片不清晰，请重新上传。')
      await page.keyboard.press('Control+Enter')
    } else await page.keyboard.press('a')
  }
  await shown(page, ids.at(-1) ?? '')
  return await page.evaluate<number[]>('waits.toSorted((a, b) => a - b)')
}

/** Until the header tells the application's number. */
export const shown = (page: Page, id: string) =>
  page.locator('header h1 + span', { hasText: new RegExp(`^${id}$`) }).waitFor()
