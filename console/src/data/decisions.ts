import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import type { Move } from '@shenpi/sdk/contract/states'
import { applicationQuery, changeRow, keepApplication } from './applications.ts'
import { client, queryClient } from './client.ts'

export interface Decision {
  move: Move
  reason?: string
  fields?: string[]
  /** The reason of the library that the text was made from. */
  template?: { reason_no: number; version: number }
}

/** Decide an application as it was looked at; the row says so before the server has answered. */
export async function decide(application: ApiApplicationInFull, decision: Decision): Promise<ApiApplicationInFull> {
  const { id, version } = application
  changeRow(id, (row) => ({ ...row, stage: 'scheduled' }))
  try {
    const decided = await client.decideApplication({ params: { id }, version, body: { ...decision } })
    keepApplication(decided)
    return decided
  } catch (error) {
    changeRow(id, (row) => ({ ...row, stage: application.stage }))
    void queryClient.invalidateQueries({ queryKey: applicationQuery(id).queryKey })
    throw error
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['application-counts'] })
  }
}

/** Take a decision back that waits to take effect. */
export async function undo(id: string): Promise<void> {
  keepApplication(await client.undoDecision({ params: { id } }))
  void queryClient.invalidateQueries({ queryKey: ['application-counts'] })
}
