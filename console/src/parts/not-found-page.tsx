import { Link } from '@tanstack/react-router'
import { useText } from '../text/use-text.ts'
import { StatePage } from './state-page.tsx'

export function NotFoundPage() {
  const text = useText()
  return (
    <StatePage icon="search" title={text.failure.notFound}>
      <Link to="/queue">{text.shell.queue}</Link>
    </StatePage>
  )
}
