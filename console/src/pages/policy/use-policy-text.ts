import { policy as en } from '../../text/en/policy.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { policy as zh } from '../../text/zh/policy.ts'

export const usePolicyText = () => usePageText({ zh, en })
