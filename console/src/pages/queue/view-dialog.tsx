import type { ApiSavedView } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import type { Filters } from '../../data/filters.ts'
import { useMay } from '../../data/own-account.ts'
import { deleteView, renameView, saveView } from '../../data/saved-views.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form } from '../../parts/form.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFaults } from '../../parts/use-faults.ts'
import { useText } from '../../text/use-text.ts'
import css from './view-bar.module.css'

/** As the contract says. */
const NAME_MAX = 40

interface ViewDialogProps {
  filters: Filters
  /** It is renamed or deleted; without it a new one is made of the filters. */
  view?: ApiSavedView
  onClose: () => void
}

/** Give filters a name, or a view another. */
export function ViewDialog({ filters, view, onClose }: ViewDialogProps) {
  const { queue, actions } = useText()
  const text = queue.views
  const { faults, setFaults, refuse } = useFaults()
  const mayShare = useMay('view.change_shared')
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(false)
  const done = (work: Promise<void>) => void work.then(onClose, refuse)
  const send = () => {
    const given = name.trim()
    if (given === '') return setFaults({ form: text.missing })
    if ([...given].length > NAME_MAX) return setFaults({ form: text.tooLong(NAME_MAX) })
    done(view ? renameView(view, given) : saveView({ name: given, filters }, isShared))
  }
  return (
    <Dialog
      title={view ? text.change(view.name) : text.save}
      width="small"
      onClose={onClose}
      shortcuts={{ sendDecision: send }}
    >
      <Form className={css.form} faults={faults} send={send}>
        <TextField
          label={text.name}
          value={name}
          fault={faults.form}
          focused
          onChange={(typed) => {
            setName(typed)
            setFaults({})
          }}
        />
        {!view && mayShare && (
          <label className={css.shared}>
            <input type="checkbox" checked={isShared} onChange={({ target }) => setShared(target.checked)} />
            {text.forAll}
          </label>
        )}
        <div className={css.actions}>
          {view && (
            <Button look="quiet" onClick={() => done(deleteView(view))}>
              {text.delete}
            </Button>
          )}
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button look="primary" type="submit">
            {actions.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
