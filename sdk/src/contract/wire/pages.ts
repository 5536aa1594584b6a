import { call, Nothing, refusal, wholeNumber } from '../call.ts'
import { Type } from '../schema.ts'
import { STORABLE, shaped, weighted } from '../text.ts'
import { SEARCH_MAX } from './devices.ts'
import { activatedCall, begin, shakeRefusal } from './families.ts'

/** Most pages in one page/delete. Source: docs/protocol/shakearound.md, page/delete. */
export const PAGE_DELETE_MAX = 10

const pageFields = {
  title: weighted(6, { minLength: 1, ...refusal('page.parameters_invalid') }),
  description: weighted(7, { minLength: 1, ...refusal('page.parameters_invalid') }),
  page_url: Type.String({
    minLength: 1,
    maxLength: 2048,
    trimmed: true,
    // Phones open it, and others pass it on in headers.
    ...shaped('^https?://[^\\s\\u0000-\\u001f\\u007f]+$', 'an http or https link'),
    ...refusal('page.parameters_invalid'),
  }),
  icon_url: Type.String({
    minLength: 1,
    maxLength: 2048,
    trimmed: true,
    pattern: STORABLE,
    ...refusal('page.parameters_invalid'),
  }),
  comment: Type.Optional(weighted(15, refusal('page.parameters_invalid'))),
}

export const PageId = wholeNumber({ minimum: 1, ...refusal('page.invalid') })

const Page = Type.Object({
  page_id: wholeNumber(),
  title: Type.String(),
  description: Type.String(),
  page_url: Type.String(),
  icon_url: Type.String(),
  comment: Type.String(),
})

const PageKey = Type.Object({ page_id: wholeNumber() })

export const pages = {
  pageAdd: call({
    ...activatedCall,
    path: '/shakearound/page/add',
    summary: 'Add a page',
    request: Type.Object(pageFields, refusal('page.parameters_invalid')),
    answer: PageKey,
    problems: ['page.parameters_invalid'],
  }),

  pageUpdate: call({
    ...activatedCall,
    path: '/shakearound/page/update',
    summary: 'Change a page',
    request: Type.Object({ page_id: PageId, ...pageFields }, refusal('page.parameters_invalid')),
    answer: PageKey,
    problems: ['page.invalid', 'page.parameters_invalid'],
  }),

  pageSearch: call({
    ...activatedCall,
    path: '/shakearound/page/search',
    summary: 'List pages: those named, or all',
    safe: true,
    request: Type.Object(
      {
        /** 1 the pages named, 2 all. Inferred from the other members when absent. */
        type: Type.Optional(wholeNumber({ minimum: 1, maximum: 2 })),
        page_ids: Type.Optional(
          Type.Array(PageId, { minItems: 1, maxItems: SEARCH_MAX, problem: 'page.invalid', above: 'page.too_many' }),
        ),
        begin: Type.Optional(begin),
        count: Type.Optional(wholeNumber({ minimum: 1, maximum: SEARCH_MAX, above: 'page.too_many' })),
      },
      shakeRefusal,
    ),
    answer: Type.Object({ pages: Type.Array(Page), total_count: wholeNumber() }),
    problems: ['shake.request_invalid', 'page.invalid', 'page.too_many', 'paging.begin_invalid'],
  }),

  pageDelete: call({
    ...activatedCall,
    path: '/shakearound/page/delete',
    summary: 'Delete pages',
    request: Type.Object(
      {
        page_id: Type.Optional(PageId),
        /** The older form. */
        page_ids: Type.Optional(
          Type.Array(PageId, {
            minItems: 1,
            maxItems: PAGE_DELETE_MAX,
            problem: 'page.invalid',
            above: 'page.too_many_deleted',
          }),
        ),
      },
      refusal('page.invalid'),
    ),
    answer: Nothing,
    problems: ['page.invalid', 'page.in_use', 'page.too_many_deleted'],
  }),
}
