import { byId, endpoint } from '../endpoint.ts'
import { OneOf, Type } from '../schema.ts'
import { EXPORT_FORMATS } from '../states.ts'
import { applicationEndpoints } from './applications.ts'

/** So many rows a file has at most, its head not counted: as many as people's programs show. */
export const EXPORT_ROWS_MAX = 1_000_000

const format = OneOf(EXPORT_FORMATS)
const { limit: _, cursor: __, ...filters } = applicationEndpoints.listApplications.query.properties

export const exportEndpoints = {
  exportDevices: endpoint({
    method: 'GET',
    path: '/applications/{id}/devices',
    access: 'device.export',
    summary: `Write the devices of a batch into a file, ${EXPORT_ROWS_MAX} at most; where there are more, its last row says so`,
    params: byId,
    query: Type.Object({
      format,
      after: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 2 ** 53 - 1, description: 'A device id: those behind it.' }),
      ),
    }),
    produces: 'text/csv',
    answer: Type.Unknown({ description: 'The file: CSV, or a workbook of Excel.' }),
    problems: ['application.unknown', 'batch.unknown', 'export.too_many'],
  }),
  exportApplications: endpoint({
    method: 'GET',
    path: '/application-export',
    access: 'application.export',
    summary: `Write the applications behind the filters of the list into a file, ${EXPORT_ROWS_MAX} at most; where there are more, its last row says so`,
    query: Type.Object({ format, ...filters }),
    produces: 'text/csv',
    answer: Type.Unknown({ description: 'The file: CSV, or a workbook of Excel.' }),
    problems: ['account.unknown', 'export.too_many'],
  }),
}
