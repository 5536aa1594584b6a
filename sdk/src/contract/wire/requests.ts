import { call, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { shaped } from '../text.ts'

export const requests = {
  ridGet: call({
    path: '/cgi-bin/openapi/rid/get',
    summary: 'Read a request of the past by its rid',
    safe: true,
    methods: ['POST'],
    family: 'shop',
    authorized: true,
    body: 'json',
    request: Type.Object(
      {
        rid: Type.String({
          ...shaped('^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$', 'a rid as at the end of an errmsg'),
          ...refusal('rid.malformed'),
        }),
      },
      refusal('rid.malformed'),
    ),
    answer: Type.Object({
      request: Type.Object({
        invoke_time: wholeNumber(),
        cost_in_ms: wholeNumber(),
        request_url: Type.String(),
        request_body: Type.String(),
        response_body: Type.String(),
        client_ip: Type.String(),
      }),
    }),
    problems: ['rid.malformed', 'rid.unknown', 'rid.foreign', 'rid.expired'],
  }),
}
