import { useQuery } from '@tanstack/react-query'
import { client } from '../../data/client.ts'
import { refreshOwn, sessionsQuery } from '../../data/own-account.ts'
import { Button } from '../../parts/button.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { browserName } from '../../text/browser-name.ts'
import { useActorName } from '../../text/use-actor-name.ts'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'

/** Where one is signed in, and the sign-ins that failed. */
export function Sessions() {
  const { settings: text } = useText()
  const dates = useDates()
  const actorName = useActorName()
  const tell = useFailureNotice()
  const { data } = useQuery(sessionsQuery)
  const end = (work: Promise<unknown>) => void work.then(refreshOwn, tell)
  const others = data?.items.some((session) => !session.is_this)
  return (
    <SettingsCard title={text.sessions} hint={text.sessionsHint}>
      {data?.items.map((session) => (
        <SettingsRow
          key={session.id}
          title={session.is_this ? text.thisSession : browserName(session.user_agent)}
          hint={[
            ...(session.is_this ? [browserName(session.user_agent)] : []),
            session.address,
            text.ways[session.way],
            dates.short(session.last_used_at),
          ].join(' · ')}
          about={session.user_agent}
        >
          {!session.is_this && (
            <Button look="quiet" onClick={() => end(client.endOwnSession({ params: { id: session.id } }))}>
              {text.end}
            </Button>
          )}
        </SettingsRow>
      ))}
      {others && <Button onClick={() => end(client.endOtherSessions())}>{text.endOthers}</Button>}
      {data?.resets.map(({ at, by }) => (
        <SettingsRow key={at} title={text.wasReset} hint={text.resetBy(actorName(by), dates.short(at))} />
      ))}
      {data?.failed_sign_ins.map(({ at, way, address, user_agent }) => (
        <SettingsRow
          key={`${at}${address}`}
          title={text.failedSignIn}
          hint={[browserName(user_agent), address, text.ways[way], dates.short(at)].join(' · ')}
          about={user_agent}
        />
      ))}
    </SettingsCard>
  )
}
