import { type CalendarFile, parseCalendarFile } from '@shenpi/sdk/contract/calendar-file'
import { useState } from 'react'
import { loadYear } from '../../data/calendar.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { notify } from '../../parts/notice.ts'
import css from './calendar.module.css'
import { usePolicyText } from './use-policy-text.ts'
import { YearPreview } from './year-preview.tsx'

/** Of a year's file. Unit: bytes. */
const FILE_MAX_BYTES = 64 * 1024

interface LoadYearProps {
  onLoaded: (year: number) => void
  onClose: () => void
}

/** Choose a file, see at which lines it is wrong or what it would change, and load it. */
export function LoadYear({ onLoaded, onClose }: LoadYearProps) {
  const text = usePolicyText().file
  const [file, setFile] = useState<CalendarFile | 'too_large'>()
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    setFile(chosen.size > FILE_MAX_BYTES ? 'too_large' : parseCalendarFile(await chosen.text()))
  }
  const isGood = typeof file === 'object' && file.faults.length === 0
  const send = async () => {
    if (typeof file !== 'object') return
    await loadYear(file.year, file)
    onLoaded(file.year)
    notify({ text: text.done(file.year) })
  }
  return (
    <FormDialog title={text.title} width="narrow" verb={text.apply} isReady={isGood} send={send} onClose={onClose}>
      <label className={css.file}>
        <span>{text.hint}</span>
        <input
          type="file"
          accept=".csv,.txt,.json,text/csv,text/plain,application/json"
          aria-label={text.choose}
          onChange={({ target }) => void read(target.files?.[0])}
        />
      </label>
      {file === 'too_large' && <p role="alert">{text.tooLarge}</p>}
      {typeof file === 'object' && (isGood ? <YearPreview file={file} /> : <Faults file={file} />)}
    </FormDialog>
  )
}

function Faults({ file }: { file: CalendarFile }) {
  const text = usePolicyText().file
  return (
    <div role="alert">
      <p>{text.wrong(file.faults.length)}</p>
      <ul className={css.faults}>
        {file.faults.map(({ line, fault, text: stands }) => (
          <li key={`${line} ${fault} ${stands}`}>
            <span className={css.where}>{text.line(line)}</span> {text.faults[fault]} <code>{stands}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
