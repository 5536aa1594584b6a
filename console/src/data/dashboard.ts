import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

const EVERY_MS = 60_000

/** What is open, and what was decided in the last days. */
export const dashboardQuery = (days: number) =>
  queryOptions({
    queryKey: ['dashboard', days],
    queryFn: ({ signal }) => client.getDashboard({ query: { days } }, { signal }),
    staleTime: EVERY_MS / 2,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })

/** How often second reviews agreed with decisions. */
export const agreementQuery = (days: number, isAllowed: boolean) =>
  queryOptions({
    queryKey: ['agreement', days],
    queryFn: ({ signal }) => client.readAgreement({ query: { days } }, { signal }),
    staleTime: EVERY_MS / 2,
    enabled: isAllowed,
  })
