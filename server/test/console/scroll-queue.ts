import type { OpenConsole } from './open-console.ts'

/** Notes how long each frame takes in which the rows move, and the one after it, which draws what came into sight. */
const MEASURE = `window.frames = []; {
  const scroller = document.querySelector('[role="table"]').parentElement
  let before, top = scroller.scrollTop, moved = false
  const note = (now) => {
    const moves = scroller.scrollTop !== top
    if (before && (moves || moved)) frames.push(now - before)
    before = now
    top = scroller.scrollTop
    moved = moves
    requestAnimationFrame(note)
  }
  requestAnimationFrame(note)
}`
/** What the server took for the first rows. */
const FIRST_ROWS = `performance.getEntriesByType('resource')
  .filter(({ name }) => /\\/api\\/v1\\/applications(\\?|$)/.test(name))
  .map(({ requestStart, responseStart }) => responseStart - requestStart)[0]`
const LAST_ROW = `Math.max(0, ...[...document.querySelectorAll('[aria-rowindex]')].map((row) => Number(row.ariaRowIndex)))`

/** How many rows there are on the page, and how many of them are in sight at most. */
const DRAWN = `[document.querySelectorAll('[aria-rowindex]').length,
  Math.ceil(document.querySelector('[role="table"]').parentElement.clientHeight / document.querySelector('[role="row"]').clientHeight)]`

const ROWS = 300
const NOTCH_PX = 240
const KEYS = 60

/** Open the queue and go down several pages of it by the wheel, then from its first row by a key that is held. Unit: milliseconds. */
export async function scrollQueue(
  window: OpenConsole,
): Promise<{ firstRowsMs: number; frames: number[]; drawn: number; inSight: number }> {
  const { page } = window
  await window.goto('/queue')
  await page.locator('[role="row"]').first().waitFor()
  const firstRowsMs = await page.evaluate<number>(FIRST_ROWS)
  const [drawn, inSight] = await page.evaluate<[number, number]>(DRAWN)
  await page.mouse.move(600, 400)
  await page.evaluate(MEASURE)
  while ((await page.evaluate<number>(LAST_ROW)) < ROWS) await page.mouse.wheel(0, NOTCH_PX)
  for (let count = 0; count < KEYS; count += 1) await page.keyboard.down('j')
  await page.keyboard.up('j')
  await page.locator(`[aria-rowindex="${KEYS + 1}"][aria-current="true"]`).waitFor()
  return { firstRowsMs, drawn, inSight, frames: await page.evaluate<number[]>('frames.toSorted((a, b) => a - b)') }
}
