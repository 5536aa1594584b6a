import type { ApiPictureReading } from '@shenpi/sdk/contract/api'
import { CopyButton } from '../../../parts/copy-button.tsx'
import { Tag } from '../../../parts/tag.tsx'
import { useText } from '../../../text/use-text.ts'
import css from './reading.module.css'

interface ReadCodeProps {
  item: ApiPictureReading['items'][number]
  /** The numbers that the application names. */
  typed: readonly string[]
}

/** A number that was read, and whether it can be and is the one that was typed. */
export function ReadCode({ item: { code, fault, is_typed }, typed }: ReadCodeProps) {
  const { pictures, signals } = useText().application
  const { reading: text } = pictures
  const isOther = typed.length > 0
  return (
    <li className={css.code}>
      <code>{code}</code>
      <CopyButton text={code} label={text.copy} />
      {fault ? (
        <Tag look="warn">{signals.faults[fault]}</Tag>
      ) : is_typed ? (
        <Tag look="good">{text.same}</Tag>
      ) : (
        <Tag look={isOther ? 'warn' : 'plain'}>{isOther ? text.different : text.noneTyped}</Tag>
      )}
      {!fault && !is_typed && isOther && (
        <span className={css.typed}>
          {text.typed} <code>{typed.join(' ')}</code>
        </span>
      )}
    </li>
  )
}
