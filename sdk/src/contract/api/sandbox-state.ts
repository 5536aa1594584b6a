import type { Static } from '@sinclair/typebox'
import { byAppid, endpoint, Nullable, Page, paging, STRICT, Time } from '../endpoint.ts'
import { Type } from '../schema.ts'
import { STORABLE } from '../text.ts'

/** So many snapshots are kept, and so much they may hold together. Unit of the second: bytes. */
export const SNAPSHOTS_MAX = 100
export const SNAPSHOTS_BYTES_MAX = 1024 * 1024 * 1024
/**
 * The largest file that is exported and imported. Unit: characters. Three bytes of each, as Chinese has them, fit into the
 * request of an import.
 */
export const STATE_FILE_MAX = 3_000_000

const appid = byAppid.properties.appid
const byName = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Small letters, digits and hyphens.' }),
})

/** Whose state: an account's, or everybody's. */
const Whose = Type.Object(
  {
    appid: Type.Optional(
      Type.String({ ...appid, description: 'Left out: of all accounts, and what belongs to none.' }),
    ),
  },
  STRICT,
)

const Replaced = Type.Object({
  appid: Nullable(appid),
  took_ms: Type.Number({ description: 'How long nobody else could change anything.' }),
})

const Snapshot = Type.Object({
  ...byName.properties,
  appid: Nullable(appid),
  taken_at: Time,
  bytes: Type.Integer(),
})

const StateFile = Type.Object(
  {
    shenpi_state: Type.Integer({ minimum: 1, maximum: 1, description: 'The version of the format.' }),
    migration: Type.String({ description: 'The last migration of the database that it was taken from.' }),
    appid: Nullable(appid),
    tables: Type.Array(
      Type.Object({
        name: Type.String(),
        columns: Type.Array(Type.String()),
        rows: Type.Array(Type.Array(Type.Union([Type.String({ pattern: STORABLE }), Type.Number(), Type.Null()]))),
      }),
    ),
    pictures: Type.Array(Type.Object({ digest: Type.String(), base64: Type.String() })),
  },
  { description: 'Everything of an account, or of all, but for who may come in.' },
)

const Imported = Type.Object({
  accounts: Type.Array(
    Type.Object({
      appid,
      name: Type.String(),
      secret: Nullable(Type.String({ description: 'Only of an account whose secret the file does not give.' })),
    }),
  ),
})

export const sandboxStateEndpoints = {
  resetSandbox: endpoint({
    method: 'POST',
    path: '/sandbox/reset',
    access: 'sandbox.control',
    summary: 'Begin anew: an account, or everything but who may come in, as it was seeded (sandbox)',
    body: Whose,
    answer: Replaced,
    problems: ['account.unknown', 'account.exists', 'seed_file.invalid', 'clock.busy', 'sandbox.busy'],
  }),
  listSnapshots: endpoint({
    method: 'GET',
    path: '/sandbox/snapshots',
    access: 'sandbox.read',
    summary: 'List the snapshots by name (sandbox)',
    query: Type.Object({ ...paging }),
    answer: Page(Snapshot),
  }),
  takeSnapshot: endpoint({
    method: 'PUT',
    path: '/sandbox/snapshots/{name}',
    access: 'sandbox.control',
    summary: 'Keep how an account stands, or everything, under a name; one of this name is replaced (sandbox)',
    params: byName,
    body: Whose,
    answer: Snapshot,
    problems: ['account.unknown', 'snapshot.too_many', 'snapshot.too_large'],
  }),
  restoreSnapshot: endpoint({
    method: 'POST',
    path: '/sandbox/snapshots/{name}/restore',
    access: 'sandbox.control',
    summary: 'Go back to a snapshot, clocks too (sandbox)',
    params: byName,
    answer: Replaced,
    problems: [
      'snapshot.unknown',
      'snapshot.of_other_release',
      'account.unknown',
      'account.exists',
      'clock.busy',
      'sandbox.busy',
    ],
  }),
  deleteSnapshot: endpoint({
    method: 'DELETE',
    path: '/sandbox/snapshots/{name}',
    access: 'sandbox.control',
    summary: 'Delete a snapshot (sandbox)',
    params: byName,
    answer: Type.Object({}),
    problems: ['snapshot.unknown'],
  }),
  exportState: endpoint({
    method: 'GET',
    path: '/sandbox/export',
    access: 'sandbox.transfer',
    summary: 'Export how an account stands, or everything, with its pictures (sandbox)',
    query: Whose,
    answer: StateFile,
    problems: ['account.unknown', 'snapshot.too_large'],
  }),
  importState: endpoint({
    method: 'POST',
    path: '/sandbox/import',
    access: 'sandbox.transfer',
    summary: 'Add the accounts of a seed file, or what was exported: all of it or nothing (sandbox)',
    body: Type.Object({
      file: Type.String({
        minLength: 1,
        maxLength: STATE_FILE_MAX,
        description: 'The text of a seed file (YAML), or of an export (JSON).',
      }),
    }),
    answer: Imported,
    problems: ['seed_file.invalid', 'account.exists', 'snapshot.of_other_release', 'sandbox.busy', 'upload.too_large'],
  }),
}

export type ApiSnapshot = Static<typeof Snapshot>
export type ApiStateFile = Static<typeof StateFile>
