import type { ApiRequestInFull } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { requestQuery } from '../../data/requests.ts'
import { useShortcuts } from '../../keys/use-shortcuts.ts'
import { IconButton } from '../../parts/button.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { FailurePage } from '../../parts/failure-page.tsx'
import page from '../../parts/list-page.module.css'
import { PageHeader } from '../../parts/page-header.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { RowsSkeleton } from '../../parts/rows.tsx'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { Checks } from './checks.tsx'
import { ClockBar } from './clock-bar.tsx'
import { Findings } from './findings.tsx'
import { Meaning } from './meaning.tsx'
import { RequestFacts } from './request-facts.tsx'
import css from './request-page.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

const route = getRouteApi('/requests/$rid')

export function RequestPage() {
  const { request: text } = useSandboxText()
  const { rid } = route.useParams()
  const navigate = useNavigate()
  const query = useQuery(requestQuery(rid))
  const request = query.data
  const { appid = request?.appid ?? undefined, shown } = route.useSearch()
  const back = () => void navigate({ to: '/sandbox/{-$part}', params: {}, search: { appid, shown } })
  useShortcuts({ back })
  return (
    <div className={page.page}>
      <PageHeader
        title={request?.path ?? text.call}
        lead={<IconButton icon="left" label={text.back} onClick={back} />}
        detail={<code>{rid}</code>}
      >
        <CopyButton text={rid} label={text.copyRid} />
      </PageHeader>
      {request?.appid && <ClockBar appid={request.appid} />}
      {request && <RequestView request={request} />}
      {!request && query.isError && <FailurePage error={query.error} retry={() => void query.refetch()} />}
      {!request && query.isPending && <RowsSkeleton />}
    </div>
  )
}

function RequestView({ request }: { request: ApiRequestInFull }) {
  const { request: text } = useSandboxText()
  const { problem, meaning, documented, request_body, response_body, rules, check } = request
  const lines = [documented.protocol, documented.error].flatMap((line) => line ?? [])
  return (
    <ScrollingColumn label={request.path} className={css.body}>
      <Verdict request={request} />
      {request.checks.length > 0 && <Checks checks={request.checks} />}
      {request.findings.length > 0 && <Findings findings={request.findings} />}
      <Meaning problem={problem} meaning={meaning} />
      {lines.length > 0 && (
        <section>
          <h2 className={css.title}>{text.documents}</h2>
          <ul className={css.lines} lang="en">
            {lines.map(({ file, line, text: words }) => (
              <li key={file}>
                <code className={css.place}>{`${file}:${line}`}</code>
                <span>{words}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <RequestFacts request={request} />
      <Body title={text.sent} body={request_body} none={text.nothingSent} />
      <Body title={text.answered} body={response_body} none="" />
      {check !== null && check !== 'rule' && rules.length > 0 && (
        <section>
          <h2 className={css.title}>{text.rules}</h2>
          <p className={css.codes}>{rules.join(' · ')}</p>
        </section>
      )}
    </ScrollingColumn>
  )
}

function Verdict({ request: { problem, errcode, message, check, injected_by } }: { request: ApiRequestInFull }) {
  const { request: text, checks } = useSandboxText()
  const refused = check ? text.refusedBy(checks[check]) : text.refused
  return (
    <section className={css.verdict} data-look={problem === null && injected_by === null ? 'good' : 'danger'}>
      <h2>{problem === null ? (injected_by === null ? text.wentWell : text.injected(injected_by)) : refused}</h2>
      {problem !== null && (
        <p>
          <code>{problem}</code> · {errcode} · <PlainText text={message ?? ''} />
        </p>
      )}
      {problem !== null && injected_by !== null && <p>{text.injected(injected_by)}</p>}
    </section>
  )
}

function Body({ title, body, none }: { title: string; body: string; none: string }) {
  return (
    <section>
      <h2 className={css.title}>{title}</h2>
      {body === '' ? (
        <p className={css.hint}>{none}</p>
      ) : (
        <p className={css.code}>
          <PlainText text={body} />
        </p>
      )}
    </section>
  )
}
