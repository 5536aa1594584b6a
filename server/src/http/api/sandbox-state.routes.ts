import { type ApiSnapshot, api } from '@shenpi/sdk/contract/api'
import { getAccountByAppid } from '../../accounts/account.store.ts'
import { actorName } from '../../actors/actor.ts'
import { applySeedFile } from '../../sandbox/state/apply-seed-file.ts'
import { exportState } from '../../sandbox/state/export-state.ts'
import { importState } from '../../sandbox/state/import-state.ts'
import { resetAccount, resetAll } from '../../sandbox/state/reset-state.ts'
import { restoreSnapshot } from '../../sandbox/state/restore-snapshot.ts'
import { type ListedSnapshot, listSnapshots } from '../../sandbox/state/snapshot.store.ts'
import { deleteSnapshot, takeSnapshot } from '../../sandbox/state/take-snapshot.ts'
import type { Services } from '../../services.ts'
import { parseTextCursor, toCursor } from './cursor.ts'
import type { ServeEndpoint } from './endpoint.ts'

const LIMIT = 50

/** Nothing is served outside a sandbox. @param serve past the gate, which these close */
export function sandboxStateRoutes(serve: ServeEndpoint, services: Services): void {
  const { db, sandbox } = services
  if (!sandbox) return
  const { usage, requests, shakes } = services
  const flush = () => Promise.all([usage.flush(), requests.flush(), shakes.tally.flush(), sandbox.faults.write()])
  const parts = { ...services, sandbox, flush }
  const findAccount = async (appid: string | undefined) => (appid ? await getAccountByAppid(db, appid) : undefined)

  serve(api.resetSandbox, async ({ actor, body: { appid } }) => {
    const account = await findAccount(appid)
    const tookMs = account
      ? await resetAccount(parts, account, actorName(actor))
      : await resetAll(parts, actorName(actor))
    return { appid: appid ?? null, took_ms: tookMs }
  })

  serve(api.listSnapshots, async ({ query: { limit = LIMIT, cursor } }) => {
    const after = cursor ? parseTextCursor(cursor) : ''
    const rows = await listSnapshots(db, { after, limit: limit + 1 })
    const last = rows.length > limit ? rows.at(limit - 1) : undefined
    return { items: rows.slice(0, limit).map(toSnapshot), next_cursor: last ? toCursor([last.name]) : null }
  })
  serve(api.takeSnapshot, async ({ actor, params: { name }, body: { appid } }) => {
    const account = await findAccount(appid)
    return toSnapshot(await takeSnapshot(parts, { name, account, actor: actorName(actor) }))
  })
  serve(api.restoreSnapshot, async ({ actor, params: { name } }) => {
    const { appid, tookMs } = await restoreSnapshot(parts, name, actorName(actor))
    return { appid, took_ms: tookMs }
  })
  serve(api.deleteSnapshot, async ({ params: { name } }) => {
    await deleteSnapshot(parts, name)
    return {}
  })

  serve(api.exportState, async ({ query: { appid } }) => exportState(parts, await findAccount(appid)))
  serve(api.importState, async ({ body: { file } }) => {
    const isExport = file.trimStart().startsWith('{')
    if (isExport) return { accounts: await importState(parts, file) }
    return { accounts: await sandbox.gate.run('request', undefined, () => applySeedFile(parts, file)) }
  })
}

const toSnapshot = ({ name, appid, taken_at, bytes }: ListedSnapshot): ApiSnapshot => ({
  name,
  appid,
  taken_at: new Date(Number(taken_at)).toISOString(),
  bytes: Number(bytes),
})
