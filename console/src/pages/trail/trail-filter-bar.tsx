import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { parseTrailFilters, type TrailFilters } from '../../data/trail-filters.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField } from '../../parts/select-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useTrailText } from '../../text/use-trail-text.ts'
import css from './trail-page.module.css'

const ANY = ''

/** Whose trail, by whom, what and when: what is chosen stands in the URL. */
export function TrailFilterBar({ filters }: { filters: TrailFilters }) {
  const text = useTrailText()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(filters)
  const isAppid = !typed.appid || /^wx[0-9a-f]{16}$/.test(typed.appid)
  const show = (changed: TrailFilters) => {
    setTyped(changed)
    if (changed.appid && !/^wx[0-9a-f]{16}$/.test(changed.appid)) return
    void navigate({ to: '/trail', search: parseTrailFilters({ ...changed }), replace: true })
  }
  const type = (changed: TrailFilters) => setTyped({ ...typed, ...changed })
  const actions = Object.entries(text.actions).map(([value, sentence]) => ({ value, label: wordsAlone(sentence) }))
  return (
    <form
      className={css.filters}
      onSubmit={(event) => {
        event.preventDefault()
        show(typed)
      }}
      onBlur={() => JSON.stringify(typed) !== JSON.stringify(filters) && show(typed)}
    >
      <TextField
        label={text.appid}
        hint={text.appidHint}
        value={typed.appid ?? ''}
        onChange={(appid) => type({ appid: appid.trim() || undefined })}
        fault={isAppid ? undefined : text.appidFault}
      />
      <TextField
        label={text.actor}
        hint={text.actorHint}
        value={typed.actor ?? ''}
        onChange={(actor) => type({ actor: actor || undefined })}
        maxLength={128}
      />
      <SelectField
        label={text.action}
        value={typed.action ?? ANY}
        options={[{ value: ANY, label: text.anyAction }, ...actions]}
        onChange={(action) => show({ ...typed, action: action || undefined })}
      />
      <TextField
        label={text.from}
        type="date"
        value={typed.from ?? ''}
        onChange={(from) => show({ ...typed, from: from || undefined })}
      />
      <TextField
        label={text.to}
        type="date"
        value={typed.to ?? ''}
        onChange={(to) => show({ ...typed, to: to || undefined })}
      />
      <button type="submit" hidden />
      {Object.keys(filters).length > 0 && (
        <Button look="quiet" className={css.clear} onClick={() => show({})}>
          {text.clear}
        </Button>
      )}
    </form>
  )
}

/** What an action is called by itself: its sentence without what it was done to. */
function wordsAlone(sentence: string): string {
  const words = sentence.replace(/\s*[(:;（：，][^:：]*\{.*$/, '').replaceAll(/\{\w+\}/g, '…')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
