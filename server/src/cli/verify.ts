import type { TrailFaultName } from '@shenpi/sdk/contract/states'
import { verifyTrail } from '../journal/verify-trail.ts'
import { withDatabase } from './database.ts'
import { answer } from './remote.ts'

const FAULTS: Readonly<Record<TrailFaultName, string>> = {
  missing: 'the entry is missing',
  changed: 'the entry or one before it was changed',
  cut: 'the trail ends before the entry that the journal names',
  longer: 'the trail goes on behind the entry that the journal names last',
}

export async function verifyAudit(options: { json?: boolean }): Promise<void> {
  const isShown = process.stderr.isTTY && !options.json
  const report = await withDatabase({ create: false }, (db) =>
    verifyTrail(db, (entries) => isShown && process.stderr.write(`\r${entries} entries`)),
  )
  if (isShown) process.stderr.write('\r')
  answer(options, report, ({ accounts, entries, faults }) => {
    for (const { accountId, entryNo, fault } of faults) {
      console.log(`${accountId === null ? 'installation' : `account ${accountId}`}, entry ${entryNo}: ${FAULTS[fault]}`)
    }
    console.log(
      faults.length > 0
        ? `The audit trail is broken. Accounts: ${accounts}, broken trails: ${faults.length}.`
        : `The audit trail is whole. Accounts: ${accounts}, entries: ${entries}.`,
    )
  })
  if (report.faults.length > 0) process.exitCode = 1
}
