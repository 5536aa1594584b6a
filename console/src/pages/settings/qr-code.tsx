import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '../../parts/skeleton.tsx'
import css from './settings-page.module.css'

/** So wide is the quiet zone that readers need. Unit: modules. */
const QUIET = 4

/** A text for a camera: dark on light in every scheme, because not every app reads it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data: modules } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => (await import('qr')).default(text, 'raw', { border: QUIET }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (!modules) return <Skeleton width="11rem" height="11rem" />
  const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className={css.qr} viewBox={`0 0 ${modules.length} ${modules.length}`} role="img" aria-label={label}>
      <path d={dark.join('')} />
    </svg>
  )
}
