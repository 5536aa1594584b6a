import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Call } from '@shenpi/sdk/contract/call'
import { problemRow } from '@shenpi/sdk/contract/problems'
import { problemAt } from '@shenpi/sdk/contract/reading'
import { choicesOf } from '@shenpi/sdk/contract/schema'
import { lotteries, pages, quotas, statistics, wire } from '@shenpi/sdk/contract/wire'
import type { TSchema } from '@sinclair/typebox'
import { unnamedProblem } from '../http/wechat/serve-calls.ts'
import { protocolLine } from './documented-lines.ts'

/** A problem whose number stands in no section: a field that has no line is led to the heading. */
const problem = 'system.unavailable'

const textOf = ({ path }: Call, field: string): string => protocolLine('contract', { path, problem, field })?.text ?? ''

/** The fields of a schema at every depth, as refusals name them. */
function fieldsOf(schema: TSchema, path = ''): string[] {
  return [
    ...(path === '' ? [] : [path]),
    ...choicesOf(schema).flatMap((choice) => fieldsOf(choice, path)),
    ...Object.entries<TSchema>(schema.properties ?? {}).flatMap(([name, of]) =>
      fieldsOf(of, path === '' ? name : `${path}.${name}`),
    ),
    ...(schema.items ? fieldsOf(schema.items, `${path}[0]`) : []),
  ]
}

describe('the line of the protocol that tells of a field', () => {
  test('names it, or what it stands in, for each field of each call', () => {
    for (const call of Object.values(wire).flatMap((calls) => Object.values<Call>(calls))) {
      for (const field of fieldsOf(call.request)) {
        const names = field.replace(/\[\d+\]/g, '').split('.')
        const text = textOf(call, field)
        assert.ok(
          names.some((name) => text.split(/[^\w]+/).includes(name)),
          `${call.path} ${field}: ${text}`,
        )
      }
    }
  })

  test('says with which number a value that does not fit is refused, where it says any and leads nowhere else', () => {
    for (const call of Object.values(wire).flatMap((calls) => Object.values<Call>(calls))) {
      for (const field of fieldsOf(call.request)) {
        const text = textOf(call, field)
        const pointer = `/${field.replace(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}`
        const { errcode } = problemRow(problemAt(call.request, pointer, 'problem') ?? unnamedProblem(call))
        const isSilent = !/\d{5}/.test(text) || /\bas (?:above|in |addpoi)/.test(text)
        assert.ok(isSilent || text.includes(`${errcode}`), `${call.path} ${field}: ${errcode} is not in ${text}`)
      }
    }
  })

  test('is that of the list for a field of its items', () => {
    assert.match(textOf(lotteries.setPrizeBucket, 'prize_info_list[1].ticket'), /^prize_info_list · array/)
  })

  test('may tell of several fields, and of several calls', () => {
    assert.match(textOf(pages.pageUpdate, 'icon_url'), /^title, description, page_url, icon_url, comment · string/)
    assert.match(textOf(statistics.statisticsPage, 'end_date'), /^begin_date, end_date, date · number/)
    assert.match(textOf(quotas.clearQuotaV2, 'appsecret'), /cgi-bin\/clear_quota\/v2/)
  })
})
