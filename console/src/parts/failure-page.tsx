import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { useExplain } from './explain.ts'
import { StatePage } from './state-page.tsx'

/** In place of a page that could not be read. */
export function FailurePage({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useText()
  const explain = useExplain()
  return (
    <StatePage icon="overdue" title={text.failure.title} body={explain(error)}>
      <Button icon="refresh" onClick={retry}>
        {text.actions.retry}
      </Button>
    </StatePage>
  )
}
