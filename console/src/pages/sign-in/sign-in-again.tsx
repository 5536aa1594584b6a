import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ownAccountQuery } from '../../data/own-account.ts'
import { cancelSignIn, isSignInOptional, listenToSession } from '../../data/session.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { useText } from '../../text/use-text.ts'
import css from './sign-in.module.css'
import { SignInForm } from './sign-in-form.tsx'

/** Over the page whose session has ended: what was typed and asked waits for the sign-in, and goes on after it. */
export function SignInAgain() {
  const { signIn: text } = useText()
  const { data: own } = useQuery(ownAccountQuery)
  const isOptional = useSyncExternalStore(listenToSession, isSignInOptional)
  return (
    <Dialog title={text.again} width="small" onClose={isOptional ? cancelSignIn : undefined}>
      <div className={css.again}>
        <p>{isOptional ? text.againRecent : text.againBody}</p>
        <SignInForm name={own?.name} byProvider={own?.has_oidc} />
      </div>
    </Dialog>
  )
}
