import type { ApiFault } from '@shenpi/sdk/contract/api'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import { pagesOf } from './pages-of.ts'

/** Rules count while somebody looks. Unit: milliseconds. */
const LOOK_EVERY_MS = 5_000

export const outcomeRulesQuery = (appid: string) =>
  queryOptions({
    queryKey: ['outcome-rules', appid],
    queryFn: async ({ signal }) => {
      const ofAccount = await client.listOutcomeRules({ params: { appid } }, { signal })
      const ofAll = await client.listSharedOutcomeRules({}, { signal })
      return { ofAccount: ofAccount.items, ofAll: ofAll.items }
    },
    refetchInterval: LOOK_EVERY_MS,
  })

export const faultsQuery = (appid: string) => ({
  ...pagesOf<ApiFault>(['faults', appid], (page, options) => client.listFaults({ query: { appid, ...page } }, options)),
  refetchInterval: LOOK_EVERY_MS,
})

export const scenariosQuery = queryOptions({
  queryKey: ['scenarios'],
  queryFn: ({ signal }) => client.listScenarios({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export async function deleteOutcomeRule(name: string, appid: string | undefined): Promise<void> {
  if (appid === undefined) await client.deleteSharedOutcomeRule({ params: { name } })
  else await client.deleteOutcomeRule({ params: { appid, name } })
  await queryClient.invalidateQueries({ queryKey: ['outcome-rules'] })
}

/** Set a scenario for an account, as a rule of its name. */
export async function setScenario(scenario: string, appid: string): Promise<void> {
  await client.setFault({ params: { name: scenario }, body: { scenario, match: { appid } } })
  await queryClient.invalidateQueries({ queryKey: ['faults'] })
}

export async function deleteFault({ name, match: { appid } }: Pick<ApiFault, 'name' | 'match'>): Promise<void> {
  await client.deleteFault({ params: { name }, query: appid === undefined ? {} : { appid } })
  await queryClient.invalidateQueries({ queryKey: ['faults'] })
}
