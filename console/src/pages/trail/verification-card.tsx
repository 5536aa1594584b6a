import type { ApiTrailVerification } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { trailKeyQuery, verificationQuery, verifyAll } from '../../data/trail.ts'
import { Button } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useTrailText } from '../../text/use-trail-text.ts'
import css from './trail-page.module.css'

/** Up to where all trails were verified, when and by whom, and how to do it now. */
export function VerificationCard() {
  const text = useTrailText()
  const mayVerify = useMay('trail.verify')
  const tell = useFailureNotice()
  const { data } = useQuery(verificationQuery)
  const { data: key } = useQuery(trailKeyQuery)
  const [progress, setProgress] = useState<number>()
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const verify = async () => {
    setProgress(0)
    await verifyAll(
      ({ entries }) => setProgress(entries),
      () => isHere.current,
    ).catch(tell)
    setProgress(undefined)
  }
  return (
    <SettingsCard title={text.verification}>
      <div className={css.verification}>
        <div className={css.words} role="status">
          {data ? data.last ? <Outcome verification={data.last} /> : <p>{text.never}</p> : <Skeleton height="2.5rem" />}
          {key && (
            <p className={css.hint}>
              {text.keyBefore} <code>{key.x}</code> <CopyButton text={key.x} label={text.key} />
            </p>
          )}
        </div>
        {mayVerify && (
          <Button disabled={progress !== undefined} onClick={() => void verify()}>
            {progress === undefined ? text.verify : text.progress(progress)}
          </Button>
        )}
      </div>
    </SettingsCard>
  )
}

function Outcome({ verification }: { verification: ApiTrailVerification }) {
  const text = useTrailText()
  const dates = useDates()
  const nameOf = useActorName()
  const { state, entries, accounts, faults, started_by, finished_at, installation_entry_no } = verification
  return (
    <>
      <p className={state === 'whole' ? css.whole : css.broken}>
        <Icon name={state === 'whole' ? 'approved' : 'overdue'} />
        {state === 'whole' ? text.whole(entries, accounts) : text.broken(faults.length)}
      </p>
      <ul>
        {faults.map(({ appid, entry_no, fault }) => (
          <li key={`${appid} ${entry_no}`}>{text.fault(appid ?? text.installation, entry_no, text.faults[fault])}</li>
        ))}
      </ul>
      {finished_at && (
        <p className={css.hint}>{text.by(nameOf(started_by), dates.short(finished_at), installation_entry_no)}</p>
      )}
    </>
  )
}
