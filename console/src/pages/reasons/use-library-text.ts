import { library as en } from '../../text/en/library.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { library as zh } from '../../text/zh/library.ts'

export const useLibraryText = () => usePageText({ zh, en })
