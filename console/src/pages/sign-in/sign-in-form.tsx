import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bareClient } from '../../data/client.ts'
import { signInWaysQuery, signInWithPasskey, takeStep } from '../../data/sign-in.ts'
import { Button } from '../../parts/button.tsx'
import { useExplain } from '../../parts/explain.ts'
import { useText } from '../../text/use-text.ts'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'
import css from './sign-in.module.css'

interface SignInFormProps {
  /** Who has to sign in again. */
  name?: string
  /** Whether they come by the provider, and have nothing else to sign in by. */
  byProvider?: boolean
  fault?: string
}

/** Every way to sign in that this server has. */
export function SignInForm({ name: known = '', byProvider = false, fault: before }: SignInFormProps) {
  const { signIn: text } = useText()
  const explain = useExplain()
  const { data: ways } = useQuery(signInWaysQuery)
  // It stays for whoever goes back from the second step.
  const [name, setName] = useState(known)
  const [challenge, setChallenge] = useState<string>()
  const [fault, setFault] = useState(before)
  const attempt = (step: Promise<string | undefined>) => {
    setFault(undefined)
    step.then(setChallenge, (error) => setFault(isGivenUp(error) ? text.passkeyStopped : explain(error)))
  }
  if (challenge) return <CodeForm challenge={challenge} onBack={() => setChallenge(undefined)} />
  return (
    <div className={css.ways}>
      {ways?.has_staff === false && <p className={css.hint}>{text.noStaff}</p>}
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      {!byProvider && (
        <>
          <PasswordForm name={name} onName={setName} onChallenge={setChallenge} />
          <p className={css.or}>{text.or}</p>
          <Button onClick={() => attempt(signInWithPasskey())}>{text.passkey}</Button>
        </>
      )}
      {ways?.oidc && (
        <a
          className={css.way}
          href={`${ways.oidc.path}?return_to=${encodeURIComponent(location.pathname + location.search)}`}
        >
          {text.provider(ways.oidc.label)}
        </a>
      )}
      {ways?.demo && <Button onClick={() => attempt(bareClient.signInAsDemo().then(takeStep))}>{text.demo}</Button>}
    </div>
  )
}

/** The person closed the browser's own dialog, or has no passkey here. */
const isGivenUp = (error: unknown): boolean => error instanceof Error && error.name === 'NotAllowedError'
