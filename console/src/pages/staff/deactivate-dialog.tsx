import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keysOfQuery } from '../../data/keys.ts'
import { deactivate } from '../../data/staff.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import css from './staff-page.module.css'
import { useMembersText } from './use-members-text.ts'

/** Asks before somebody is deactivated, and whether the keys that they made end too. */
export function DeactivateDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const text = useMembersText()
  const { data: keys } = useQuery(keysOfQuery(name))
  const [revokes, setRevokes] = useState(true)
  const send = () => deactivate(name, keys?.length && revokes ? 'revoke' : 'keep')
  return (
    <FormDialog
      title={text.deactivateTitle(name)}
      verb={text.deactivate}
      look="danger"
      isReady={keys !== undefined}
      send={send}
      onClose={onClose}
    >
      <p>{text.deactivateHint}</p>
      {keys && keys.length > 0 && (
        <label className={css.revokes}>
          <input type="checkbox" checked={revokes} onChange={({ target }) => setRevokes(target.checked)} />
          {text.revokeKeysToo(keys.join(text.comma))}
        </label>
      )}
    </FormDialog>
  )
}
