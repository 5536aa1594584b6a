import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { FailurePage } from '../../parts/failure-page.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { StatePage } from '../../parts/state-page.tsx'
import { useText } from '../../text/use-text.ts'
import { AcceptForm } from './accept-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** What a one-time link leads to: the first operator, somebody who was invited, or who has lost a password. */
export function InvitationPage() {
  const { signIn: text } = useText()
  // It stands behind the # so that no server's log has it.
  const [token] = useState(() => location.hash.slice(1))
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: async ({ signal }) => (await bareClient.readInvitation({ body: { token } }, { signal })).invitation,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = query.data ? text.purposes[query.data.purpose] : text.invitation
  return (
    <SignInFrame title={title}>
      {query.isPending && <Skeleton height="8rem" />}
      {query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {query.data === null && (
        <StatePage icon="overdue" title={text.ended} body={text.endedBody}>
          <Link to="/queue" search={{}}>
            {text.toSignIn}
          </Link>
        </StatePage>
      )}
      {query.data && <AcceptForm token={token} invitation={query.data} />}
    </SignInFrame>
  )
}
