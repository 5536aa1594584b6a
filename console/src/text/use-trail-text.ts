import { trail as en } from './en/trail.ts'
import { usePageText } from './use-page-text.ts'
import { trail as zh } from './zh/trail.ts'

export const useTrailText = () => usePageText({ zh, en })
