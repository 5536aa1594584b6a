import type { ApiRequestInFull } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { Fact, FactList } from '../../parts/fact-list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import css from './request-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'
import { useSpan } from './use-span.ts'

/** Who called, when, and by which clock. */
export function RequestFacts({ request }: { request: ApiRequestInFull }) {
  const text = useSandboxText()
  const dates = useDates()
  const span = useSpan()
  const { appid, url, at, ahead_ms, client_ip, cost_ms, outcome_by } = request
  const difference = ahead_ms > 0 ? text.clock.ahead : text.clock.behind
  return (
    <section>
      <h2 className={css.title}>{text.request.facts}</h2>
      <FactList>
        <Fact name={text.request.call}>
          <code className={css.url}>
            <PlainText text={url} />
          </code>
        </Fact>
        <Fact name={text.account}>
          {appid ? (
            <Link to="/accounts/$appid/{-$part}" params={{ appid }} search={{}}>
              {appid}
            </Link>
          ) : (
            text.request.unknownCaller
          )}
        </Fact>
        <Fact name={text.request.time}>
          <time dateTime={at}>{dates.exact(at)}</time>
        </Fact>
        <Fact name={text.request.clock}>
          {Math.abs(ahead_ms) < 2000 ? text.clock.inStep : difference(span(ahead_ms))}
        </Fact>
        <Fact name={text.request.address}>{client_ip}</Fact>
        {outcome_by && (
          <Fact name={text.request.outcome}>
            <PlainText text={outcome_by} />
          </Fact>
        )}
        <Fact name={text.request.cost}>{text.requests.ms(cost_ms)}</Fact>
      </FactList>
    </section>
  )
}
