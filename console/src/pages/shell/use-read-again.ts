import type { Language } from '@shenpi/sdk/contract/states'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

/** What the server says in the language of the console is read anew when somebody chooses another one. */
export function useReadAgain(language: Language): void {
  const cache = useQueryClient()
  const before = useRef(language)
  useEffect(() => {
    if (before.current !== language) void cache.invalidateQueries()
    before.current = language
  }, [cache, language])
}
