import type { ExportFormat } from '@shenpi/sdk/contract/states'
import { client } from './client.ts'
import type { Filters } from './filters.ts'

/** The devices of a batch, as a file. @param id of the application that gave them */
export const downloadDevices = (id: string, format: ExportFormat): Promise<void> =>
  download(`/applications/${encodeURIComponent(id)}/devices`, { format })

/** The applications that the filters let through, as a file. */
export const downloadApplications = (
  { state = 'under_review', q: _, ...filters }: Filters,
  format: ExportFormat,
): Promise<void> => download('/application-export', { format, state, ...filters })

/** Have the browser save what the server writes, as it comes: nothing of it is held here. */
async function download(path: string, query: Record<string, string | undefined>): Promise<void> {
  // A file would hold the refusal of a session that has ended: this asks to sign in again first.
  await client.getOwnAccount()
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const link = document.createElement('a')
  link.href = `/api/v1${path}?${new URLSearchParams(given)}`
  link.download = ''
  link.click()
}
