import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { rowsOf } from '../../data/pages-of.ts'
import { deleteSnapshot, resetAccount, restoreSnapshot, snapshotsQuery } from '../../data/snapshots.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import { PageBody } from '../../parts/page-body.tsx'
import { Scroller } from '../../parts/scroller.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useNumbers } from '../../text/use-numbers.ts'
import css from './rules.module.css'
import { SnapshotForm } from './snapshot-form.tsx'
import { useSandboxText } from './use-sandbox-text.ts'

/** What cannot be taken back, and is asked about first. */
interface Asked {
  what: 'restore' | 'remove' | 'reset'
  name: string
}

/** How things stood, to come back to. */
export function Snapshots({ appid }: { appid: string }) {
  const { snapshots: text } = useSandboxText()
  const query = useInfiniteQuery(snapshotsQuery)
  const mayControl = useMay('sandbox.control')
  const dates = useDates()
  const number = useNumbers()
  const [asked, setAsked] = useState<Asked>()
  const snapshots = rowsOf(query.data).filter((snapshot) => snapshot.appid === null || snapshot.appid === appid)
  return (
    <Scroller label={text.title}>
      <PageBody>
        <SettingsCard title={text.title} hint={text.hint}>
          {mayControl && <SnapshotForm appid={appid} />}
          {query.isPending && <Skeleton height="3rem" />}
          {query.isSuccess && snapshots.length === 0 && <p className={css.none}>{text.empty}</p>}
          {snapshots.map(({ name, appid: of, taken_at, bytes }) => (
            <SettingsRow
              key={name}
              title={name}
              hint={[
                of === null ? text.ofAll : text.ofAccount,
                dates.short(taken_at),
                text.kilobytes(number(Math.ceil(bytes / 1024))),
              ].join(' · ')}
            >
              {mayControl && (
                <div className={css.ends}>
                  <Button onClick={() => setAsked({ what: 'restore', name })}>{text.restore}</Button>
                  <Button look="quiet" onClick={() => setAsked({ what: 'remove', name })}>
                    {text.remove}
                  </Button>
                </div>
              )}
            </SettingsRow>
          ))}
        </SettingsCard>
        {mayControl && (
          <div>
            <Button onClick={() => setAsked({ what: 'reset', name: '' })}>{text.reset}</Button>
          </div>
        )}
      </PageBody>
      {asked && <AskFirst appid={appid} asked={asked} onClose={() => setAsked(undefined)} />}
    </Scroller>
  )
}

function AskFirst({ appid, asked: { what, name }, onClose }: { appid: string; asked: Asked; onClose: () => void }) {
  const { snapshots: text } = useSandboxText()
  const ways = {
    restore: {
      title: text.restoreTitle(name),
      body: text.restoreBody,
      verb: text.restore,
      send: () => restoreSnapshot(name).then(() => notify({ text: text.restored })),
    },
    remove: {
      title: text.removeTitle(name),
      body: text.removeBody,
      verb: text.remove,
      send: () => deleteSnapshot(name),
    },
    reset: {
      title: text.resetTitle,
      body: text.resetBody,
      verb: text.resetVerb,
      send: () => resetAccount(appid).then(() => notify({ text: text.resetDone })),
    },
  }
  const { title, body, verb, send } = ways[what]
  return (
    <FormDialog title={title} verb={verb} look="danger" send={send} onClose={onClose}>
      <p>{body}</p>
    </FormDialog>
  )
}
