import { sandbox as en } from '../../text/en/sandbox.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { sandbox as zh } from '../../text/zh/sandbox.ts'

export const useSandboxText = () => usePageText({ zh, en })
