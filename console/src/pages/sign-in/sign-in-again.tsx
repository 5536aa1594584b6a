import { useQuery } from '@tanstack/react-query'
import { ownAccountQuery } from '../../data/own-account.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'
import { SignInForm } from './sign-in-form.tsx'

/** Over the page whose session has ended: what was typed and asked waits for the sign-in, and goes on after it. */
export function SignInAgain() {
  const { signIn: text } = useText()
  const { data: own } = useQuery(ownAccountQuery)
  return (
    <Dialog title={text.again} width="small">
      <div className={css.again}>
        <p>{text.againBody}</p>
        <SignInForm name={own?.name} />
      </div>
    </Dialog>
  )
}
