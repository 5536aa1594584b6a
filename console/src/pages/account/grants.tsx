import type { ApiAccount } from '@shenpi/sdk/contract/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { activationQuery, brandGrantsQuery, categoryGrantsQuery } from '../../data/grants.ts'
import { Badge } from '../../parts/badge.tsx'
import { ScrollingColumn } from '../../parts/scroller.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'
import css from './account-page.module.css'
import { GrantList } from './grant-list.tsx'
import { ShopAccess } from './shop-access.tsx'

/** What an account may do that not every one may: the shop, Shake Nearby, categories, brands. */
export function Grants({ account: { appid } }: { account: ApiAccount }) {
  const { grants: text, parts } = useText().accounts
  return (
    <ScrollingColumn label={parts.grants} className={css.cards}>
      <ShopAccess appid={appid} />
      <Activation appid={appid} />
      <GrantList
        title={text.categories}
        none={text.categoriesNone}
        query={categoryGrantsQuery(appid)}
        show={(grant) => ({
          id: grant.third_cat_id,
          name: `${grant.first_cat_name} › ${grant.second_cat_name} › ${grant.third_cat_name}`,
        })}
      />
      <GrantList
        title={text.brands}
        none={text.brandsNone}
        query={brandGrantsQuery(appid)}
        show={(grant) => ({ id: grant.brand_id, name: grant.brand_wording })}
      />
    </ScrollingColumn>
  )
}

function Activation({ appid }: { appid: string }) {
  const text = useText().accounts.grants
  const dates = useDates()
  const { data, isSuccess } = useQuery(activationQuery(appid))
  return (
    <SettingsCard title={text.activation} hint={isSuccess && !data ? text.activationNone : undefined}>
      {data && (
        <SettingsRow
          title={data.summary}
          hint={
            <Link to="/applications/$id" params={{ id: data.id }} search={{}}>
              {text.by(data.id)} · {dates.short(data.decided_at ?? data.applied_at)}
            </Link>
          }
        >
          <Badge state={data.state} />
        </SettingsRow>
      )}
    </SettingsCard>
  )
}
