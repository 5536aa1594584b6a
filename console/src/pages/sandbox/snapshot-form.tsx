import { useState } from 'react'
import { takeSnapshot } from '../../data/snapshots.ts'
import { Button } from '../../parts/button.tsx'
import { Form } from '../../parts/form.tsx'
import { notify } from '../../parts/notice.ts'
import { Segments } from '../../parts/segments.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import css from './rules.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

type Whose = 'account' | 'all'

const isName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,62}$/.test(name)

/** Keep how the account stands now, or everything. */
export function SnapshotForm({ appid }: { appid: string }) {
  const { snapshots: text } = useSandboxText()
  const [name, setName] = useState('')
  const [whose, setWhose] = useState<Whose>('account')
  const { faults, setFaults, refuse } = useFaults({ 'snapshot.too_many': 'name', 'snapshot.too_large': 'name' })
  const [isBusy, setBusy] = useState(false)
  const take = async () => {
    if (isBusy) return
    setFaults(isName(name) ? {} : { name: text.nameHint })
    if (!isName(name)) return
    setBusy(true)
    try {
      await takeSnapshot(name, whose === 'account' ? appid : undefined)
      setName('')
      notify({ text: text.taken })
    } catch (error) {
      refuse(error)
    }
    setBusy(false)
  }
  return (
    <Form className={css.form} faults={faults} send={() => void take()}>
      <div className={css.choice}>
        <TextField
          label={text.name}
          fault={faults.name ?? faults.form}
          value={name}
          maxLength={63}
          onChange={setName}
        />
        <Segments
          label={text.whose}
          value={whose}
          options={[
            { value: 'account', label: text.ofAccount },
            { value: 'all', label: text.ofAll },
          ]}
          onChange={setWhose}
        />
        <Button type="submit" look="primary" disabled={isBusy}>
          {text.take}
        </Button>
      </div>
      {faults.name !== text.nameHint && <p className={css.hint}>{text.nameHint}</p>}
    </Form>
  )
}
