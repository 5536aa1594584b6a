import { isProblemCode, problemRow } from '@shenpi/sdk/contract/problems'
import { useSearch } from '@tanstack/react-router'
import { useRefusalText } from '../../parts/explain.ts'
import { useText } from '../../text/use-text.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

/** In place of every page for those who are not signed in; the page that they wanted comes after it. */
export function SignInPage() {
  const { signIn } = useText()
  const textOf = useRefusalText()
  const { problem } = useSearch({ strict: false })
  const told =
    problem && isProblemCode(problem) ? textOf({ code: problem, title: problemRow(problem).message }) : undefined
  return (
    <SignInFrame title={signIn.title}>
      <SignInForm fault={told} />
    </SignInFrame>
  )
}
