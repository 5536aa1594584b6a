import { type Access, api, type Endpoint } from '@shenpi/sdk/contract/api'
import { commonEndpointProblems } from '@shenpi/sdk/contract/common-problems'
import { PERMISSIONS } from '@shenpi/sdk/contract/permissions'
import { type ProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import type { TObject, TSchema } from '@sinclair/typebox'

/** The native API as OpenAPI 3.1: TypeBox schemas are JSON Schema, so there is little to say twice. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, endpoint] of Object.entries<Endpoint>(api)) {
    const path = paths[endpoint.path] ?? {}
    path[endpoint.method.toLowerCase()] = toOperation(name, endpoint)
    paths[endpoint.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shenpi native API',
      version: '1',
      description: 'Accounts, applications and deliveries. The WeChat-compatible wire is described in docs/protocol/.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key; the first lies in DATA_DIR/api-key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-shenpi',
          description: 'What a sign-in gives a browser.',
        },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string' },
            detail: { type: 'string' },
            application: { type: 'object', description: 'What was decided meanwhile, by whom and when.' },
            claim: { type: 'object', description: 'Who is at the application, and until when.' },
            scheduled: { type: 'object', description: 'The decision that waits: what, by whom, until when.' },
            items: { type: 'array', description: 'What of a bulk decision is refused, and why.' },
          },
        },
      },
    },
  }
}

function toOperation(operationId: string, endpoint: Endpoint): object {
  const parameters = [
    ...toParameters('path', endpoint.params),
    ...toParameters('query', endpoint.query),
    ...(endpoint.conditional
      ? [{ name: 'If-Match', in: 'header', required: true, description: 'The ETag.', schema: { type: 'string' } }]
      : []),
  ]
  return {
    operationId,
    summary: endpoint.summary,
    ...toAdmission(endpoint.access),
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body.type !== 'undefined' && { requestBody: { required: true, content: json(endpoint.body) } }),
    responses: {
      [endpoint.status]: {
        description: 'Done',
        content: { [endpoint.produces ?? 'application/json']: { schema: endpoint.answer } },
      },
      ...toRefusals([...endpoint.problems, ...commonEndpointProblems(endpoint)]),
    },
  }
}

/** Whom it admits: by a key or a session, by a session alone, or everybody. */
function toAdmission(access: Access): object {
  if (access === 'public') return { security: [] }
  if (access === 'signed_in') return { security: [{ session: [] }] }
  return { security: [{ key: [] }, { session: [] }], 'x-permission': access, 'x-roles': PERMISSIONS[access] }
}

function toParameters(place: 'path' | 'query', { properties, required = [] }: TObject): object[] {
  return Object.entries<TSchema>(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }))
}

/** The refusals by their HTTP status, each with the codes that it can carry. */
function toRefusals(codes: readonly ProblemCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => problemRow(code).status)
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.map((code) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

const json = (schema: TSchema) => ({ 'application/json': { schema } })
