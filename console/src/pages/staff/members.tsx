import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { staffQuery } from '../../data/staff.ts'
import { Button } from '../../parts/button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { ShownOnce } from '../../parts/shown-once.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberDialog, type MemberMove } from './member-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

export interface ShownLink {
  name: string
  link: string
}

/** Everybody who works here, or did. */
export function Members({ mayChange }: { mayChange: boolean }) {
  const text = useMembersText()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(staffQuery)
  const [isInviting, setInviting] = useState(false)
  const [asked, setAsked] = useState<MemberMove>()
  const [shown, setShown] = useState<ShownLink>()
  const members = data?.pages.flatMap(({ items }) => items)
  if (error && !members) return <FailurePage error={error} retry={() => void refetch()} />
  return (
    <SettingsCard title={text.people} hint={mayChange ? text.peopleHint : text.readOnly}>
      {mayChange && (
        <div className={css.add}>
          <Button icon="plus" look="primary" onClick={() => setInviting(true)}>
            {text.invite}
          </Button>
        </div>
      )}
      {members === undefined && <Skeleton height="8rem" />}
      {members?.map((member) => (
        <MemberRow key={member.name} member={member} onMove={mayChange ? setAsked : undefined} />
      ))}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>{text.more}</Button>}
      {isInviting && <InviteDialog onInvited={setShown} onClose={() => setInviting(false)} />}
      {asked && <MemberDialog asked={asked} onReset={setShown} onClose={() => setAsked(undefined)} />}
      {shown && (
        <ShownOnce
          title={text.linkTitle(shown.name)}
          hint={text.linkHint}
          secret={shown.link}
          done={text.linkDone}
          onClose={() => setShown(undefined)}
        />
      )}
    </SettingsCard>
  )
}
