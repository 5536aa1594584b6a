import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'

const PART_NAMES = ['card', 'batches', 'devices', 'quota', 'grants', 'callbacks', 'limits', 'secret'] as const
export type PartName = (typeof PART_NAMES)[number]

export const isPart = (name: string): name is PartName => PART_NAMES.some((part) => part === name)

/** The parts of an account, each with an address of its own. */
export function AccountTabs({ appid, part: shown }: { appid: string; part: PartName }) {
  const { parts } = useText().accounts
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    // Where there is little room, some are out of sight.
    tabs.current?.querySelector(`[data-part="${shown}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shown])
  return (
    <nav ref={tabs} aria-label={parts.label} className={css.tabs}>
      {PART_NAMES.map((part) => (
        <Link
          key={part}
          data-part={part}
          to="/accounts/$appid/{-$part}"
          params={{ appid, part: part === 'card' ? undefined : part }}
          search={{}}
          replace
          className={css.tab}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {parts[part]}
        </Link>
      ))}
    </nav>
  )
}
