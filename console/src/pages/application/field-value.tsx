import type { ApiApplicationInFull } from '@shenpi/sdk/contract/api'
import { isObject } from '@shenpi/sdk/contract/is-object'
import type { KindField } from '@shenpi/sdk/contract/kind-fields'
import { PlainText } from '../../parts/plain-text.tsx'
import { useText } from '../../text/use-text.ts'
import css from './fields.module.css'

interface FieldValueProps {
  field: KindField
  value: unknown
  pictures: ApiApplicationInFull['pictures']
  /** What the ids in it are called. */
  called?: string
}

/** A value as its type is read. Whatever it holds is shown as text. */
export function FieldValue({ field, value, pictures, called }: FieldValueProps) {
  const text = useText().application
  if (field.type === 'pictures') {
    const own = pictures.filter((picture) => picture.field === field.name)
    return own.length > 0 ? text.pictures.count(own.length) : <None />
  }
  if (value === undefined || value === null || value === '' || isEmptyList(value)) return <None />
  if (field.type === 'choice') return <PlainText text={choiceOf(field, value, text.choices)} />
  if (called !== undefined) {
    return (
      <>
        {called} <span className={`${css.code} ${css.none}`}>{flatten(value)}</span>
      </>
    )
  }
  if (typeof value === 'string') return <PlainText text={value} />
  if (typeof value === 'number') return <span className={css.code}>{value.toLocaleString('en')}</span>
  return <PlainText text={flatten(value)} />
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

function None() {
  return <span className={css.none}>{useText().application.none}</span>
}

function choiceOf({ values = {} }: KindField, value: unknown, words: Readonly<Record<string, string>>): string {
  const name = Object.keys(values).find((each) => values[each] === value)
  return name ? (words[name] ?? name) : String(value)
}

/** Lists and objects in one line: what they hold, by what it is called. */
function flatten(value: unknown): string {
  if (Array.isArray(value)) return value.map(flatten).join(' · ')
  if (!isObject(value)) return String(value)
  const { name } = value
  if (typeof name === 'string') return name
  return Object.values(value).map(flatten).join(' › ')
}
