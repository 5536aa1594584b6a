import { DELIVERY_STATES } from '@shenpi/sdk/contract/states'
import { FilterMenu } from '../../parts/filter-menu.tsx'
import { Segments } from '../../parts/segments.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useText } from '../../text/use-text.ts'
import css from './replay-dialog.module.css'
import type { TypedRange } from './typed-range.ts'

const ALL = 'all'

interface RangeFieldsProps {
  typed: TypedRange
  faults: { time?: string; appid?: string }
  onChange: (changed: Partial<TypedRange>) => void
}

export function RangeFields({ typed, faults, onChange }: RangeFieldsProps) {
  const { callbacks } = useText()
  const text = callbacks.range
  return (
    <>
      <div className={css.times}>
        <TextField
          label={text.fromLabel}
          type="datetime-local"
          value={typed.from}
          onChange={(from) => onChange({ from })}
          fault={faults.time}
          focused
        />
        <TextField
          label={text.untilLabel}
          type="datetime-local"
          value={typed.until}
          onChange={(until) => onChange({ until })}
        />
      </div>
      <div className={css.choices}>
        <Segments
          label={callbacks.state.label}
          value={typed.state ?? ALL}
          options={[
            { value: ALL, label: callbacks.state.all },
            ...DELIVERY_STATES.map((value) => ({ value, label: callbacks.states[value] })),
          ]}
          onChange={(chosen) => onChange({ state: DELIVERY_STATES.find((state) => state === chosen) })}
        />
        <FilterMenu
          label={callbacks.event.label}
          value={typed.event}
          options={Object.entries(callbacks.events).map(([value, label]) => ({ value, label }))}
          all={callbacks.event.all}
          onChange={(event) => onChange({ event })}
        />
      </div>
      <TextField
        label={text.appid}
        hint={text.appidHint}
        maxLength={18}
        value={typed.appid}
        onChange={(appid) => onChange({ appid })}
        fault={faults.appid}
      />
    </>
  )
}
