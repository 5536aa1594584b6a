import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { api } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { browserName } from '../../../console/src/text/browser-name.ts'
import { callbacks as englishCallbacks } from '../../../console/src/text/en/callbacks.ts'
import { problems as english } from '../../../console/src/text/en/problems.ts'
import { callbacks as chineseCallbacks } from '../../../console/src/text/zh/callbacks.ts'
import { fields } from '../../../console/src/text/zh/fields.ts'
import { meanings } from '../../../console/src/text/zh/meanings.ts'
import { problems as chinese } from '../../../console/src/text/zh/problems.ts'
import { scenarios } from '../../../console/src/text/zh/scenarios.ts'
import { errorRow } from '../../src/requests/documented-lines.ts'
import { SCENARIOS } from '../../src/sandbox/faults/scenarios.ts'

/** Those that no endpoint answers: why a decision had no effect when it was due, and what the provider's way back tells. */
const TOLD_OTHERWISE = ['decision.decider_barred', 'sign_in.provider_down', 'sign_in.provider_refused']

const TOLD = new Set<string>([
  ...TOLD_OTHERWISE,
  ...Object.values(api).flatMap((endpoint) => [...endpoint.problems, ...commonEndpointProblems(endpoint)]),
])

/** What every answer of the wire, or every call, has. */
const NAMED_ALWAYS = ['errmsg', 'url', 'ip']
/** Numbers, and words in Latin letters. */
const namesIn = (text: string): string[] => text.toLowerCase().match(/[a-z0-9](?:[\w,./-]*[a-z0-9])?/g) ?? []

/** The names of a Chinese text that the English one does not have. */
function unfoundedIn(chinese: string, english: string): string[] {
  const known = new Set([...NAMED_ALWAYS, ...namesIn(english)])
  return namesIn(chinese).filter((name) => !known.has(name) && !known.has(`${name}s`))
}

/** The events of the protocol: each has a section. */
function documentedEvents(): string[] {
  const protocol = join(import.meta.dirname, '../../../docs/protocol')
  const texts = readdirSync(protocol).map((file) => readFileSync(join(protocol, file), 'utf8'))
  return texts.flatMap((text) =>
    [...text.matchAll(/^## (open_\w+|Shakearound\w+|\w+_notify)$/gm)].map(([, event = '']) => event),
  )
}

test('the console has a name for every event of the protocol, in both languages', () => {
  for (const { events } of [chineseCallbacks, englishCallbacks]) {
    assert.deepEqual(Object.keys(events).sort(), documentedEvents().sort())
  }
})

test('the console has a word for every field of every kind, and for no other', () => {
  const names = new Set(Object.values(KIND_FIELDS).flatMap((each) => each.map(({ name }) => name)))
  assert.deepEqual(Object.keys(fields).sort(), [...names].sort())
})

test('the console has a Chinese text for every refusal of the native API, and for no other', () => {
  assert.deepEqual(Object.keys(chinese).sort(), [...TOLD].sort())
})

test('the console has an English text for every refusal whose own words are the wire’s', () => {
  const ofWire = [...TOLD].filter((code) => problemRow(code as ProblemCode).errcode !== undefined)
  assert.deepEqual(
    ofWire.filter((code) => !Object.hasOwn(english, code)),
    [],
  )
  assert.deepEqual(
    Object.keys(english).filter((code) => !TOLD.has(code)),
    [],
  )
})

test('a Chinese meaning of a refusal names only numbers and words of the wire that docs/errors.md names for it', () => {
  const unfounded = Object.entries(meanings).flatMap(([code, chinese]) => {
    const english = errorRow(code as ProblemCode)
    return unfoundedIn(chinese, `${english?.row.text} ${english?.meaning}`).map((name) => `${code}: ${name}`)
  })
  assert.deepEqual(unfounded, [])
})

test('the console has a Chinese text for every scenario of faults, and for no other, with its numbers', () => {
  assert.deepEqual(Object.keys(scenarios).sort(), SCENARIOS.map(({ name }) => name).sort())
  const unfounded = SCENARIOS.flatMap(({ name, happens, handled }) => {
    const chinese = scenarios[name]
    return unfoundedIn(`${chinese?.happens} ${chinese?.handled}`, `${happens} ${handled}`)
  })
  assert.deepEqual(unfounded, [])
})

test('the console calls a browser and its system as people do, and one that it does not know by its own words', () => {
  const names = [
    'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'curl/8.5.0',
  ].map(browserName)
  assert.deepEqual(names, ['Firefox · Linux', 'Edge · Windows', 'Safari · iPhone', 'Chrome · macOS', 'curl/8.5.0'])
})
