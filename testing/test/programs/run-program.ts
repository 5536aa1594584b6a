import assert from 'node:assert/strict'
import type { Merchant, Receiver, Sandbox, Snapshot } from '../../src/index.ts'
import { kindOf, Model } from './model.ts'
import { AT } from './places.ts'
import type { ReceiverWay, Said, Step, Subject } from './program.ts'

const FILE = 'https://example.com/licence.png'

/** What the staff and a merchant work with. */
interface World {
  sandbox: Sandbox
  merchant: Merchant
  /** The one that is called back is the model's. */
  receivers: Receiver[]
  kept: Snapshot | undefined
  model: Model
  /** Everything that was got, in its order. */
  got: string[]
}

/**
 * Run a program in a new sandbox, beside its model.
 *
 * @returns the bytes of everything that the merchant and the staff got
 * @throws AssertionError where both differ
 */
export async function runProgram(steps: readonly Step[], sandbox: Sandbox): Promise<string[]> {
  const merchant = await sandbox.account({ activated: true })
  const model = new Model(Date.parse(AT))
  const world: World = { sandbox, merchant, receivers: [], kept: undefined, model, got: [] }
  await move(world)
  for (const step of steps) {
    await take(world, step)
    if (step.do !== 'advance') await settle(world)
  }
  await compareEnd(world)
  const came = world.receivers.flatMap(({ received, refused }) => [...received, ...refused])
  return [...world.got, ...came.flatMap(({ query, body }) => [JSON.stringify(query), body])]
}

/** Have the merchant called back at another address, with another key. */
async function move({ merchant, model, receivers }: World): Promise<void> {
  receivers.push(await merchant.receiver({ answer: () => ANSWERS[model.callbacks.way] }))
  model.callbacks.state.receiver = receivers.length
}

/** Go back to the last snapshot, if there is one. */
async function restore({ kept, model }: World): Promise<void> {
  if (!kept) return
  model.restore()
  await kept.restore()
}

/** What was done at once has called back before the next step. */
async function settle({ sandbox, merchant, model }: World): Promise<void> {
  const due = model.nextDue
  if (due === undefined || due > model.now) return
  const { timeline } = await sandbox.api.advanceClock({ params: { appid: merchant.appid }, body: { seconds: 0 } })
  assert.ok(timeline.every(({ type }) => type === 'callback'))
  model.settle()
}

async function take(world: World, step: Step): Promise<void> {
  const { sandbox, merchant, model } = world
  const { appid } = merchant
  switch (step.do) {
    case 'submit':
      return await submit(world, step)
    case 'decide':
      return await decide(world, step)
    case 'poll':
      return await poll(world, step.nth)
    case 'advance':
      return await advance(world, step.by)
    case 'receive':
      model.callbacks.way = step.way
      return
    case 'move':
      return await move(world)
    case 'keep':
      model.keep()
      world.kept = await merchant.snapshot()
      return
    case 'restore':
      return await restore(world)
    case 'undo':
      return await undo(world, step.nth)
    case 'strike':
      return await strike(world, step.fault)
    case 'rule': {
      const params = { appid }
      const rules = step.rule ? [{ name: 'decide', ...ruleOf(step.rule) }] : []
      model.rule = step.rule
      await sandbox.api.setOutcomeRules({ params, body: { rules } })
    }
  }
}

const ANSWERS: Record<ReceiverWay, 'success' | { status: number; body: string } | undefined> = {
  accept: 'success',
  fail: { status: 500, body: 'no' },
  hang: undefined,
}

async function submit(
  { merchant, model, got }: World,
  { subject, said, fault }: Extract<Step, { do: 'submit' }>,
): Promise<void> {
  const words = said && wordsOf(said)
  const [path, body] = requestOf(subject, words)
  const headers = fault === null ? {} : { headers: { 'x-shenpi-fault': fault } }
  const outcome = words && subject !== 'device' ? { outcome: words } : {}
  const before = model.applications.length
  const expected = model.submit(subject, said, fault)
  const answer = await merchant.call(path, body, { ...headers, ...outcome }).catch((error) => {
    if (error.code !== 'ECONNRESET') throw error
    return undefined
  })
  got.push(JSON.stringify(answer ?? null))
  assert.equal(answer?.errcode, expected)
  const added = model.applications[before]
  if (added && answer?.errcode === 0) added.name = answer.audit_id ?? answer.data.apply_id
}

const wordsOf = ({ move, when }: Said): string => {
  const reason = move === 'reject' ? ':no' : ''
  if (move === 'hold' || when.type === 'at_once') return `[${move}${reason}]`
  if (when.type === 'polls') return `[${move}${reason};polls=${when.count}]`
  return `[${move}${reason};after=${when.count}${when.type === 'seconds' ? 's' : 'wd'}]`
}

function ruleOf({ subject, said: { move, when } }: { subject: Subject; said: Said }) {
  const names = { seconds: 'after_seconds', working_days: 'working_days', polls: 'polls' } as const
  return {
    match: { kinds: [kindOf(subject)] },
    outcome: { move: move === 'hold' ? ('leave' as const) : move, ...(move === 'reject' && { reason: 'no' }) },
    when: move === 'hold' || when.type === 'at_once' ? {} : { [names[when.type]]: when.count },
  }
}

function requestOf(subject: Subject, words: string | null): [path: string, body: object] {
  if (subject === 'device') {
    return ['/shakearound/device/applyid', { quantity: 1, apply_reason: words ?? 'none', comment: 'none' }]
  }
  if (subject === 'category') {
    const category_info = { level1: 7419, level2: 7439, level3: 7448, certificate: [FILE] }
    return ['/shop/audit/audit_category', { audit_req: { license: [FILE], category_info } }]
  }
  return ['/shop/audit/audit_brand', { audit_req: { license: FILE, brand_info: brandOf(subject) } }]
}

const brandOf = (brand_wording: string) => ({
  brand_audit_type: 1,
  trademark_type: 29,
  brand_management_type: 2,
  commodity_origin_type: 2,
  brand_wording,
  sale_authorization: [FILE],
  trademark_registration_certificate: [FILE],
  trademark_registrant: 'Acme',
  trademark_registrant_nu: '1',
  trademark_authorization_period: '2036-01-01 00:00:00',
  trademark_registration_application: [FILE],
  trademark_applicant: 'Acme',
  trademark_application_time: '2020-01-01 00:00:00',
  imported_goods_form: [FILE],
})

async function decide({ sandbox, model, got }: World, { nth, move, delay }: Extract<Step, { do: 'decide' }>) {
  const open = model.applications.filter(({ state, scheduled }) => state === 'under_review' && !scheduled)
  const application = open[nth % open.length]
  if (!application) return
  model.decide(application, move, delay)
  const params = { id: `2-${application.no}` }
  const decided = await sandbox.api.decideApplication({ params, version: 1, body: { move, reason: 'no', delay } })
  got.push(`${decided.state} ${decided.stage}`)
  assert.equal(decided.state, application.state)
}

const STATUSES = { under_review: 0, approved: 1, rejected: 9 } as const
const BATCH_STATUSES = { under_review: 1, approved: 2, rejected: 0 } as const

async function undo({ sandbox, model, got }: World, nth: number): Promise<void> {
  const waiting = model.applications.filter(({ scheduled }) => scheduled)
  const application = waiting[nth % waiting.length]
  if (!application) return
  model.undo(application)
  const { state, stage } = await sandbox.api.undoDecision({ params: { id: `2-${application.no}` } })
  got.push(`${state} ${stage}`)
}

async function poll({ merchant, model, got }: World, nth: number): Promise<void> {
  const known = model.applications.filter(({ name }) => name !== undefined)
  const application = known[nth % known.length]
  if (!application) return
  const state = model.poll(application)
  const { name } = application
  const isBatch = application.subject === 'device'
  const answer = isBatch
    ? await merchant.call('/shakearound/device/applystatus', { apply_id: name })
    : await merchant.call('/shop/audit/result', { audit_id: name })
  got.push(JSON.stringify(answer))
  assert.equal(isBatch ? answer.data.audit_status : answer.data.status, (isBatch ? BATCH_STATUSES : STATUSES)[state])
}

async function advance({ sandbox, merchant, model, got }: World, by: Extract<Step, { do: 'advance' }>['by']) {
  const expected = model.advance(by)
  const advancing = sandbox.api.advanceClock({ params: { appid: merchant.appid }, body: by })
  if (!expected) return await assert.rejects(advancing, { code: 'clock.nothing_due' })
  const { timeline, stopped, clock } = await advancing
  got.push(JSON.stringify(timeline))
  assert.equal(stopped, null)
  assert.deepEqual(
    timeline.flatMap((each) =>
      each.type === 'token_end' ? [] : { ...each, text: each.text.replace(/: 403 .*/, ': 403') },
    ),
    expected,
  )
  assert.equal(Date.parse(clock.now), model.now)
}

const TAKES_SECONDS: readonly string[] = ['callback_delay', 'callback_reorder', 'callback_stale_timestamp']

async function strike(
  { sandbox, merchant, model }: World,
  fault: Extract<Step, { do: 'strike' }>['fault'],
): Promise<void> {
  const { appid } = merchant
  model.callbacks.state.fault = fault ? { ...fault, left: fault.times } : undefined
  if (!fault) return void (await sandbox.api.deleteFaults({ query: { appid } }))
  const { effect: type, times, seconds } = fault
  const effect = TAKES_SECONDS.includes(type) ? { type, seconds } : { type }
  await sandbox.api.setFault({ params: { name: 'strike' }, body: { match: { appid }, effect, times } })
}

/** States, and everything that was sent. */
async function compareEnd({ sandbox, merchant, receivers, model }: World): Promise<void> {
  const { items } = await sandbox.api.listApplications({ query: { appid: merchant.appid, limit: 100 } })
  const states = items.map(({ id, state }) => `${id} ${state}`).filter((line) => !line.startsWith('2-1 '))
  assert.deepEqual(states.sort(), model.applications.map(({ no, state }) => `2-${no} ${state}`).sort())
  for (const [index, { received, refused }] of receivers.entries()) {
    const came = ({ at, query }: { at: Date; query: Readonly<Record<string, string>> }, event: unknown) =>
      `${at.toISOString()} ${event} ${Math.floor(at.getTime() / 1000) - Number(query.timestamp)}`
    const sent = model.callbacks.tries.filter(
      ({ receiver, text }) => receiver === index + 1 && !text.includes('not sent'),
    )
    const linesOf = (isRefused: boolean) =>
      sent
        .filter(({ text }) => (text === '403') === isRefused)
        .map(({ at, event, agoS }) => `${new Date(at).toISOString()} ${isRefused ? 'refused' : event} ${agoS}`)
    assert.deepEqual(
      received.map((each) => came(each, each.message.Event)),
      linesOf(false),
    )
    assert.deepEqual(
      refused.map((each) => came(each, 'refused')),
      linesOf(true),
    )
  }
}
