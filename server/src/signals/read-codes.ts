import { readCreditCodes } from '@shenpi/sdk/contract/credit-code'
import { fieldValue, KIND_FIELDS } from '@shenpi/sdk/contract/kind-fields'
import type { CreditCodeFault } from '@shenpi/sdk/contract/states'
import type { Application } from '../applications/application.ts'

/** What in the texts of an application has the shape of a credit code, and what is wrong with it, if anything is. */
export function readCodes({
  kind,
  payload,
}: Pick<Application, 'kind' | 'payload'>): { field: string; code: string; fault: CreditCodeFault | null }[] {
  return KIND_FIELDS[kind].flatMap((field) => {
    const value = fieldValue(field, payload)
    if (typeof value !== 'string') return []
    return readCreditCodes(value).map(({ code, fault = null }) => ({ field: field.name, code, fault }))
  })
}
