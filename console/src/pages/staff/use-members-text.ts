import { members as en } from '../../text/en/members.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { members as zh } from '../../text/zh/members.ts'

export const useMembersText = () => usePageText({ zh, en })
