import { resetsQuery } from '../../data/staff.ts'
import { useActorName } from '../../text/use-actor-name.ts'
import { LateEntries } from './late-entries.tsx'
import { useMembersText } from './use-members-text.ts'

/** Whose way to sign in was reset of late, and by whom: whoever took the link is them from then on. */
export function Resets() {
  const text = useMembersText()
  const actorName = useActorName()
  return (
    <LateEntries
      query={resetsQuery}
      title={text.resets}
      tell={({ actor, detail }, at) => text.wasReset(toName(detail), actorName(actor), at)}
    />
  )
}

function toName(detail: unknown): string {
  const { name }: { name?: unknown } = typeof detail === 'object' && detail ? detail : {}
  return String(name)
}
