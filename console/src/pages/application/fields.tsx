import type { ApiApplicationInFull, ApiComparison } from '@shenpi/sdk/contract/api'
import { fieldValue, KIND_FIELDS, type KindField } from '@shenpi/sdk/contract/kind-fields'
import { weightOf } from '@shenpi/sdk/contract/text'
import { CopyButton } from '../../parts/copy-button.tsx'
import { TextChange } from '../../parts/text-change.tsx'
import { useFieldLabel } from '../../text/use-field-label.ts'
import { useText } from '../../text/use-text.ts'
import { FieldValue } from './field-value.tsx'
import css from './fields.module.css'
import { PictureChanges } from './pictures/picture-changes.tsx'

/** As much of an application as its fields are read from. */
type ReadApplication = Pick<ApiApplicationInFull, 'id' | 'kind' | 'payload' | 'pictures'> &
  Partial<Pick<ApiApplicationInFull, 'names'>>

/** What was applied for, field by field, as the kind names them. */
export function Fields({ application, comparison }: { application: ReadApplication; comparison?: ApiComparison }) {
  const text = useText().application
  const fields = KIND_FIELDS[application.kind]
  if (fields.length === 0) return <p className={css.nothing}>{text.nothing}</p>
  return (
    <dl className={css.fields}>
      {fields.map((field) => (
        <FieldRow key={field.name} field={field} application={application} comparison={comparison} />
      ))}
    </dl>
  )
}

interface FieldRowProps {
  field: KindField
  application: ReadApplication
  comparison?: ApiComparison
}

function FieldRow({ field, application, comparison }: FieldRowProps) {
  const text = useText().application
  const label = useFieldLabel()(field.name)
  const value = fieldValue(field, application.payload)
  const compared = comparison?.fields.find((each) => each.field === field.name)
  const pictures = comparison?.pictures.filter((each) => each.field === field.name) ?? []
  const isText = typeof value === 'string' && value !== ''
  return (
    <div className={css.row} data-named={compared?.named}>
      <dt className={css.label}>{label}</dt>
      <dd className={css.value}>
        {compared?.changed && isText && typeof compared.old === 'string' ? (
          <TextChange before={compared.old} after={value} />
        ) : pictures.length > 0 && comparison ? (
          <PictureChanges id={application.id} earlierId={comparison.id} pictures={pictures} />
        ) : (
          <FieldValue
            field={field}
            value={value}
            pictures={application.pictures}
            called={application.names?.find((each) => each.field === field.name)?.name}
          />
        )}
        {compared?.changed && pictures.length === 0 && !(isText && typeof compared.old === 'string') && (
          <span className={css.changed}>{text.tries.changed}</span>
        )}
      </dd>
      <dd className={css.side}>
        {isText && field.limit && <Weight text={value} field={field} />}
        {(isText || typeof value === 'number') && (
          <CopyButton text={String(value)} label={text.copyField(label)} className={css.copy} />
        )}
      </dd>
    </div>
  )
}

/** How much of what the wire takes is used. */
function Weight({ text, field: { limit } }: { text: string; field: KindField }) {
  const words = useText().application
  if (!limit) return null
  const used = limit.unit === 'weight' ? weightOf(text) : text.length
  return (
    <span className={css.weight} title={words.weightTitle}>
      {words.weight(used, limit.max)}
    </span>
  )
}
