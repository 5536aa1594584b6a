import type { Role } from '@shenpi/sdk/contract/states'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

const PAGE = 100

interface Page {
  next_cursor: string | null
}

const nextOf = ({ next_cursor }: Page): string | undefined => next_cursor ?? undefined

export const staffQuery = infiniteQueryOptions({
  queryKey: ['staff', 'members'],
  queryFn: ({ pageParam, signal }) => client.listStaff({ query: { limit: PAGE, cursor: pageParam } }, { signal }),
  initialPageParam: undefined,
  getNextPageParam: nextOf,
})

export const invitationsQuery = queryOptions({
  queryKey: ['staff', 'invitations'],
  queryFn: ({ signal }) => client.listInvitations({}, { signal }),
})

const entriesQuery = (action: string) =>
  queryOptions({
    queryKey: ['staff', action],
    queryFn: ({ signal }) => client.listTrail({ query: { action, limit: 10 } }, { signal }),
  })

/** Sign-ins that were slowed down because somebody guessed, as the trail tells. */
export const guessesQuery = entriesQuery('sign_in.slow')

/** Who reset how somebody signs in, as the trail tells. */
export const resetsQuery = entriesQuery('staff.reset')

const refresh = () => queryClient.invalidateQueries({ queryKey: ['staff'] })

const thenRefresh = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
  const answer = await call
  await refresh()
  return answer
}

export const invite = (name: string, roles: Role[]) => thenRefresh(client.inviteStaff({ body: { name, roles } }))
export const withdraw = (id: string) => thenRefresh(client.withdrawInvitation({ params: { id } }))
export const changeRoles = (name: string, roles: Role[]) =>
  thenRefresh(client.changeRoles({ params: { name }, body: { roles } }))
export const deactivate = (name: string, keys: 'keep' | 'revoke') =>
  thenRefresh(client.deactivateStaff({ params: { name }, query: { keys } }))
export const reactivate = (name: string) => thenRefresh(client.reactivateStaff({ params: { name } }))
export const endSessions = (name: string) => thenRefresh(client.endStaffSessions({ params: { name } }))
export const reset = (name: string) => thenRefresh(client.resetStaff({ params: { name } }))
