import type { Static } from '@sinclair/typebox'
import { endpoint, Nullable } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { APPLICATION_STATES, CLAIM_FILTERS, DUE_FILTERS, KIND_NAMES, REVIEW_STAGES } from '../states.ts'
import { STORABLE_WORDS } from '../text.ts'

/** So many views of their own one may have. */
export const OWN_VIEWS_MAX = 20
/** So many views of all there may be. */
export const SHARED_VIEWS_MAX = 50
/** The longest name of a view, in characters. */
export const VIEW_NAME_MAX = 40
/** So many open applications are looked at to count what stands behind views. */
export const VIEWED_APPLICATIONS_MAX = 10_000

const Filters = Type.Object(
  {
    kind: Type.Optional(OneOf(KIND_NAMES)),
    state: Type.Optional(OneOf(APPLICATION_STATES)),
    due: Type.Optional(OneOf(DUE_FILTERS)),
    claim: Type.Optional(OneOf(CLAIM_FILTERS)),
    stage: Type.Optional(OneOf(REVIEW_STAGES)),
    appid: Type.Optional(Type.String({ pattern: '^wx[0-9a-f]{16}$' })),
  },
  { description: 'The filters of the list of applications; without a state: those under review.' },
)

const viewBody = {
  name: Type.String({ minLength: 1, maxLength: VIEW_NAME_MAX, pattern: STORABLE_WORDS }),
  filters: Filters,
}

const SavedView = Type.Object({
  view_no: Type.Integer(),
  shared: Type.Boolean({ description: 'It is of all, and leads change it; otherwise it is one’s own.' }),
  ...viewBody,
})

const byViewNo = Type.Object({ view_no: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }) })

export const savedViewEndpoints = {
  listSavedViews: endpoint({
    method: 'GET',
    path: '/saved-views',
    access: 'application.read',
    summary: `List the saved views of the queue by name: those of all, and one’s own; at most ${SHARED_VIEWS_MAX} and ${OWN_VIEWS_MAX}`,
    answer: Type.Object({ items: Type.Array(SavedView) }),
  }),
  countSavedViews: endpoint({
    method: 'GET',
    path: '/saved-view-counts',
    access: 'application.read',
    summary: `Count what stands behind each saved view, among the ${VIEWED_APPLICATIONS_MAX} most urgent open applications`,
    answer: Type.Object({
      items: Type.Array(
        Type.Object({
          view_no: Type.Integer(),
          count: Nullable(Type.Integer({ description: 'Null: what is decided is not counted.' })),
          more: Type.Boolean({ description: 'There may be more behind it: not all that is open was looked at.' }),
        }),
      ),
    }),
  }),
  createSavedView: endpoint({
    method: 'POST',
    path: '/saved-views',
    access: 'signed_in',
    summary: 'Save a view of the queue for oneself',
    status: 201,
    body: Type.Object(viewBody),
    answer: SavedView,
    problems: ['view.name_taken', 'view.too_many'],
  }),
  changeSavedView: endpoint({
    method: 'PUT',
    path: '/saved-views/{view_no}',
    access: 'signed_in',
    summary: 'Rename one of one’s own views, or change its filters',
    params: byViewNo,
    body: Type.Object(viewBody),
    answer: SavedView,
    problems: ['view.unknown', 'view.name_taken'],
  }),
  deleteSavedView: endpoint({
    method: 'DELETE',
    path: '/saved-views/{view_no}',
    access: 'signed_in',
    summary: 'Delete one of one’s own views',
    params: byViewNo,
    answer: Type.Object({}),
    problems: ['view.unknown'],
  }),
  createSharedView: endpoint({
    method: 'POST',
    path: '/shared-views',
    access: 'view.change_shared',
    summary: 'Save a view of the queue for everybody',
    status: 201,
    body: Type.Object(viewBody),
    answer: SavedView,
    problems: ['view.name_taken', 'view.too_many'],
  }),
  changeSharedView: endpoint({
    method: 'PUT',
    path: '/shared-views/{view_no}',
    access: 'view.change_shared',
    summary: 'Rename a view of all, or change its filters',
    params: byViewNo,
    body: Type.Object(viewBody),
    answer: SavedView,
    problems: ['view.unknown', 'view.name_taken'],
  }),
  deleteSharedView: endpoint({
    method: 'DELETE',
    path: '/shared-views/{view_no}',
    access: 'view.change_shared',
    summary: 'Delete a view of all',
    params: byViewNo,
    answer: Type.Object({}),
    problems: ['view.unknown'],
  }),
}

export type ApiSavedView = Static<typeof SavedView>
