import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { scenariosQuery, setScenario } from '../../data/sandbox-rules.ts'
import { Button } from '../../parts/button.tsx'
import { notify } from '../../parts/notice.ts'
import { SelectField } from '../../parts/select-field.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { usePageText } from '../../text/use-page-text.ts'
import { scenarios as scenarioTexts } from '../../text/zh/scenarios.ts'
import css from './rules.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

/** Lets one of the named faults happen to the account, and says what a good client does then. */
export function ScenarioForm({ appid }: { appid: string }) {
  const { rules: text } = useSandboxText()
  const texts = usePageText<typeof scenarioTexts>({ zh: scenarioTexts, en: {} })
  const { data } = useQuery(scenariosQuery)
  const [name, setName] = useState<string>()
  const tell = useFailureNotice()
  const scenarios = data?.items ?? []
  const chosen = scenarios.find((scenario) => scenario.name === name) ?? scenarios[0]
  if (!chosen) return null
  const own = texts[chosen.name]
  const { happens, handled } = own ?? chosen
  const lang = own ? undefined : 'en'
  const add = () => void setScenario(chosen.name, appid).then(() => notify({ text: text.added }), tell)
  return (
    <div className={css.form}>
      <div className={css.choice}>
        <SelectField
          label={text.scenario}
          value={chosen.name}
          options={scenarios.map((scenario) => ({ value: scenario.name, label: scenario.name }))}
          onChange={setName}
        />
        <Button onClick={add}>{text.add}</Button>
      </div>
      <p lang={lang}>{happens}</p>
      <p className={css.hint}>
        {text.handled}
        <span lang={lang}>{handled}</span>
      </p>
    </div>
  )
}
