import assert from 'node:assert/strict'
import { createSandbox, type Merchant, type Receiver, type Sandbox } from '../../src/index.ts'
import { kindOf, Model } from './model.ts'
import type { ReceiverWay, Said, Step, Subject } from './program.ts'

/** Monday before a week of holidays. */
const AT = '2026-09-28T01:00:00.000Z'
const FILE = 'https://example.com/licence.png'

/** What the staff and a merchant work with. */
interface World {
  sandbox: Sandbox
  merchant: Merchant
  receiver: Receiver
  model: Model
  /** Everything that was got, in its order. */
  got: string[]
  /** What the wire calls the applications of the model. */
  names: Map<number, string>
}

/**
 * Run a program beside its model.
 *
 * @returns the bytes of everything that the merchant and the staff got
 * @throws AssertionError where both differ
 */
export async function runProgram(steps: readonly Step[], seed: string): Promise<string[]> {
  await using sandbox = await createSandbox({ seed, frozenAt: AT, settings: { QUICK_REVIEW_MAX: '0' } })
  const merchant = await sandbox.account({ activated: true })
  const receiver = await merchant.receiver()
  const world: World = { sandbox, merchant, receiver, model: new Model(Date.parse(AT)), got: [], names: new Map() }
  for (const step of steps) {
    await take(world, step)
    if (step.do !== 'advance') await settle(world)
  }
  await compareEnd(world)
  return [...world.got, ...receiver.received.flatMap(({ query, body }) => [JSON.stringify(query), body])]
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
  const { sandbox, merchant, receiver, model } = world
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
      return receiver.answer(() => ANSWERS[step.way])
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
  { merchant, model, got, names }: World,
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
  if (added && answer?.errcode === 0) names.set(added.no, answer.audit_id ?? answer.data.apply_id)
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

async function poll({ merchant, model, got, names }: World, nth: number): Promise<void> {
  const known = model.applications.filter(({ no }) => names.has(no))
  const application = known[nth % known.length]
  if (!application) return
  const state = model.poll(application)
  const name = names.get(application.no)
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
    timeline.filter(({ type }) => type !== 'token_end'),
    expected,
  )
  assert.equal(Date.parse(clock.now), model.now)
}

async function strike(
  { sandbox, merchant, model }: World,
  fault: Extract<Step, { do: 'strike' }>['fault'],
): Promise<void> {
  const { appid } = merchant
  model.callbacks.fault = fault ? { ...fault, left: fault.times } : undefined
  if (!fault) return void (await sandbox.api.deleteFaults({ query: { appid } }))
  const { effect: type, times, seconds } = fault
  const effect = type === 'callback_delay' ? { type, seconds } : { type }
  await sandbox.api.setFault({ params: { name: 'strike' }, body: { match: { appid }, effect, times } })
}

/** States, and everything that was sent. */
async function compareEnd({ sandbox, merchant, receiver, model }: World): Promise<void> {
  const { items } = await sandbox.api.listApplications({ query: { appid: merchant.appid, limit: 100 } })
  const states = items.map(({ id, state }) => `${id} ${state}`).filter((line) => !line.startsWith('2-1 '))
  assert.deepEqual(states.sort(), model.applications.map(({ no, state }) => `2-${no} ${state}`).sort())
  const sent = model.callbacks.tries.filter(({ text }) => !text.includes('not sent'))
  assert.deepEqual(
    receiver.received.map(({ at, message }) => `${at.toISOString()} ${message.Event}`),
    sent.map(({ at, text }) => `${new Date(at).toISOString()} ${text.split(':')[0]}`),
  )
  assert.equal(receiver.refused.length, 0)
}
