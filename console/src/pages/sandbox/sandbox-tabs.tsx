import { Link } from '@tanstack/react-router'
import css from '../account/account-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

const PART_NAMES = ['requests', 'callbacks', 'rules', 'snapshots', 'phone'] as const
export type PartName = (typeof PART_NAMES)[number]

export const isPart = (name: string): name is PartName => PART_NAMES.some((part) => part === name)

/** The parts of the sandbox, each with an address of its own. */
export function SandboxTabs({ appid, part: shown }: { appid: string; part: PartName }) {
  const { parts } = useSandboxText()
  return (
    <nav aria-label={parts.label} className={css.tabs}>
      {PART_NAMES.map((part) => (
        <Link
          key={part}
          to="/sandbox/{-$part}"
          params={{ part: part === 'requests' ? undefined : part }}
          search={{ appid }}
          replace
          className={css.tab}
          aria-current={part === shown ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {parts[part]}
        </Link>
      ))}
    </nav>
  )
}
