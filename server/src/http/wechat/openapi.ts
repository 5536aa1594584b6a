import { setImmediate as turn } from 'node:timers/promises'
import type { Call, Family } from '@shenpi/sdk/contract/call'
import { commonCallProblems } from '@shenpi/sdk/contract/common-problems'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { wire } from '@shenpi/sdk/contract/wire'
import type { TObject, TSchema } from '@sinclair/typebox'
import { toJsonSchema, wordsOfAnswer, wordsOfRequest } from './json-schema.ts'
import { answerExamples, type Examples, inParts, refusalExamples, requestExamples } from './openapi-examples.ts'

/**
 * The WeChat-compatible wire as OpenAPI 3.1, from its contract and its cases: a call at a time, others are served meanwhile.
 *
 * @param server where it is reached
 */
export async function wireOpenApi(server: string): Promise<object> {
  const paths: Record<string, Record<string, object>> = {}
  for (const [subject, calls] of Object.entries<Record<string, Call>>(wire)) {
    for (const [name, call] of Object.entries(calls)) {
      await turn()
      for (const method of call.methods) {
        const operationId = method === call.methods[0] ? name : `${name}By${method}`
        paths[call.path] = {
          ...paths[call.path],
          [method.toLowerCase()]: toOperation(operationId, subject, call, method),
        }
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shenpi’s WeChat-compatible wire',
      version: '1',
      description:
        'Shake Nearby, the shop component, stores and the platform calls around them. Every answer has HTTP status 200; ' +
        'what became of the call stands in `errcode`. A body is read as JSON whatever its Content-Type says, and null ' +
        'counts as absent. Requests and answers shown here are cases that the server is tested with.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    security: [{ access_token: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        access_token: {
          type: 'apiKey',
          in: 'query',
          name: 'access_token',
          description: 'As /cgi-bin/token or /cgi-bin/stable_token answered it.',
        },
      },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['errcode', 'errmsg'],
          properties: {
            errcode: { type: 'integer', not: { const: 0 } },
            errmsg: {
              type: 'string',
              description: 'In words, and behind them the rid that rid/get knows the request by.',
            },
          },
        },
      },
    },
  }
}

export const TAGS: Readonly<Record<keyof typeof wire, string>> = {
  tokens: 'Access tokens',
  quotas: 'Quotas of calls',
  requests: 'Requests of the past',
  activations: 'Shake Nearby: its activation',
  pictures: 'Pictures: icons, documents, photos',
  deviceBatches: 'Shake Nearby: batches of device IDs',
  devices: 'Shake Nearby: devices',
  relations: 'Shake Nearby: which pages a device shows',
  pages: 'Shake Nearby: pages',
  groups: 'Shake Nearby: groups of devices',
  shakes: 'Shake Nearby: shakes',
  statistics: 'Shake Nearby: statistics',
  lotteries: 'Shake Nearby: lotteries of red packets',
  categories: 'Shop: categories',
  brands: 'Shop: brands',
  shopAudits: 'Shop: results of audits',
  shopAccess: 'Shop: access, scenes and service',
  miniappCertificates: 'Shop: certificates of the mini program',
  stores: 'Stores',
}

function toOperation(operationId: string, tag: string, call: Call, method: 'GET' | 'POST'): object {
  const problems = [...new Set([...call.problems, ...commonCallProblems(call)])]
  const parameters = call.body === 'query' ? toParameters(call.request, true) : argumentsOf(call)
  const body = method === 'POST' ? bodyOf(call) : undefined
  return {
    operationId,
    summary: call.summary,
    tags: [tag],
    description: `Refused with ${problems.map(toWords).join(', ')}.`,
    ...(!call.authorized && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      200: {
        description: 'Answered, or refused.',
        content: {
          'application/json': {
            schema: { oneOf: [toEnvelope(call.family, call.answer), { $ref: '#/components/schemas/Refusal' }] },
            examples: { ...answerExamples(call), ...refusalExamples(call, problems) },
          },
        },
      },
    },
  }
}

const toWords = (code: ProblemCode) => {
  const { errcode, message } = problemRow(code)
  return `${errcode} (${message})`
}

function toParameters({ properties, required = [] }: TObject, areRequired: boolean): object[] {
  return Object.entries<TSchema>(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: areRequired && required.includes(name),
    schema: toJsonSchema(schema, wordsOfRequest),
  }))
}

/** Arguments that stand in the query beside a body. */
function argumentsOf({ request, upload, queried = [] }: Call): object[] {
  if (queried.length > 0)
    return toParameters(
      pick(request, (name) => queried.includes(name)),
      true,
    )
  return upload?.arguments === 'query' ? toParameters(request, false) : []
}

/** What of a request stands in its body. */
export const bodySchemaOf = ({ request, queried = [] }: Call): TObject =>
  pick(request, (name) => !queried.includes(name))

const pick = (whole: TObject, isPicked: (name: string) => boolean): TObject => ({
  ...whole,
  ...(whole.required && { required: whole.required.filter(isPicked) }),
  properties: Object.fromEntries(Object.entries(whole.properties).filter(([name]) => isPicked(name))),
})

/** What of examples stands in the body. */
const bodyExamples = (call: Call): Examples =>
  Object.fromEntries(
    Object.entries(requestExamples(call)).map(([name, { summary, value }]) => [
      name,
      { summary, value: inParts(call, value).body },
    ]),
  )

function bodyOf(call: Call): object | undefined {
  switch (call.body) {
    case 'json':
      return {
        required: true,
        content: {
          'application/json': {
            schema: toJsonSchema(bodySchemaOf(call), wordsOfRequest),
            examples: bodyExamples(call),
          },
        },
      }
    case 'arguments':
      return {
        content: {
          'application/json': { schema: toJsonSchema(call.request, wordsOfRequest), examples: requestExamples(call) },
        },
      }
    case 'upload': {
      const fields =
        call.upload?.arguments === 'form' ? toJsonSchema(call.request, wordsOfRequest).properties : undefined
      const file = { [call.upload?.part ?? 'media']: { type: 'string', contentMediaType: 'application/octet-stream' } }
      return {
        content: {
          'multipart/form-data': { schema: { type: 'object', properties: { ...file, ...fields } } },
        },
      }
    }
    case 'query':
    case 'none':
      return undefined
  }
}

/** An answer in its family's envelope. Source: docs/protocol/conventions.md, envelopes. */
function toEnvelope(family: Family, answer: TSchema): object {
  const schema = toJsonSchema(answer, wordsOfAnswer)
  const envelope = (errmsg: string, properties: object, required: readonly string[]) => ({
    type: 'object',
    required: ['errcode', 'errmsg', ...required],
    properties: { errcode: { const: 0 }, errmsg: { const: errmsg }, ...properties },
  })
  const { properties: members = {}, required = [] } = schema
  switch (family) {
    case 'shakearound':
      return envelope('success.', { data: schema }, ['data'])
    case 'shakearound_list':
      return envelope('success.', members, required)
    case 'lottery':
      return envelope('', members, required)
    case 'shop':
      return envelope('ok', members, required)
    case 'token':
      return schema
  }
}
