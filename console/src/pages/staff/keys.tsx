import type { ApiKeyDetails } from '@shenpi/sdk/contract/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keysQuery, revokeKey } from '../../data/keys.ts'
import { useMay } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import { NewKey } from './new-key.tsx'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

/** Keys of the native API: what programs call it by. */
export function Keys() {
  const text = useMembersText()
  const mayChange = useMay('key.change')
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(keysQuery)
  const [revoked, setRevoked] = useState<string>()
  const keys = data?.pages.flatMap(({ items }) => items)
  return (
    <SettingsCard title={text.keys} hint={text.keysHint}>
      {mayChange && <NewKey />}
      {keys === undefined && <Skeleton height="4rem" />}
      {keys?.map((key) => (
        <KeyRow key={key.name} apiKey={key} onRevoke={mayChange ? () => setRevoked(key.name) : undefined} />
      ))}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{text.more}</Button>}
      {revoked !== undefined && (
        <FormDialog
          title={text.revokeTitle(revoked)}
          verb={text.revoke}
          look="danger"
          send={() => revokeKey(revoked)}
          onClose={() => setRevoked(undefined)}
        >
          <p>{text.revokeHint}</p>
        </FormDialog>
      )}
    </SettingsCard>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKeyDetails; onRevoke?: () => void }) {
  const text = useMembersText()
  const { staff } = useText()
  const dates = useDates()
  const nameOf = useActorName()
  const { name, roles, created_by, created_at, last_used_at, ends_at, revoked_at } = apiKey
  const hasEnded = ends_at !== null && Date.parse(ends_at) <= Date.now()
  const end = revoked_at
    ? text.revoked(dates.short(revoked_at))
    : ends_at && (hasEnded ? text.ended : text.endsOn(dates.short(ends_at)))
  const use = last_used_at ? text.lastUsed(dates.short(last_used_at)) : text.unused
  return (
    <div className={css.row} data-inactive={revoked_at !== null || hasEnded}>
      <div className={css.words}>
        <h3 className={css.key}>{name}</h3>
        <p className={css.roles}>{roles.map((role) => staff.roles[role]).join(' · ')}</p>
        <p className={css.hint}>
          {[text.madeBy(nameOf(created_by), dates.short(created_at)), use, ...(end ? [end] : [])].join(' · ')}
        </p>
      </div>
      {onRevoke && !revoked_at && !hasEnded && (
        <Button look="quiet" aria-label={text.revokeTitle(name)} onClick={onRevoke}>
          {text.revoke}
        </Button>
      )}
    </div>
  )
}
