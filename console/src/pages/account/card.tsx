import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Fact, FactList } from '../../parts/fact-list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { SettingsCard } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'
import { AccountState } from './account-state.tsx'
import { Certificates } from './certificates.tsx'

/** What an account is, how it stands, what its mini program shows. */
export function Card({ account }: { account: ApiAccount }) {
  const { accounts, actions } = useText()
  const text = accounts.card
  const dates = useDates()
  const { appid, name, original_id, account_no, created_at } = account
  return (
    <ScrollingColumn label={accounts.parts.card} className={css.cards}>
      <SettingsCard title={text.identity}>
        <FactList>
          <Fact name={text.name}>
            <PlainText text={name} />
          </Fact>
          <Fact name={text.appid}>
            <code>{appid}</code>
            <CopyButton text={appid} label={`${actions.copy} ${text.appid}`} />
          </Fact>
          <Fact name={text.originalId}>
            <code>{original_id}</code>
            <CopyButton text={original_id} label={`${actions.copy} ${text.originalId}`} />
          </Fact>
          <Fact name={text.accountNo}>{account_no}</Fact>
          <Fact name={text.created}>
            <time dateTime={created_at}>{dates.exact(created_at)}</time>
          </Fact>
          <Fact name={text.applications}>
            <Link to="/queue" search={{ appid }}>
              {text.showApplications}
            </Link>
          </Fact>
        </FactList>
      </SettingsCard>
      <AccountState account={account} />
      <Certificates appid={appid} />
    </ScrollingColumn>
  )
}
