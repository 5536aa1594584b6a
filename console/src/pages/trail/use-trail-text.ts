import { trail as en } from '../../text/en/trail.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { trail as zh } from '../../text/zh/trail.ts'

export const useTrailText = () => usePageText({ zh, en })
