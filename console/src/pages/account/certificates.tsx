import { useQuery } from '@tanstack/react-query'
import { certificatesQuery } from '../../data/accounts.ts'
import { PlainText } from '../../parts/plain-text.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { useText } from '../../text/use-text.ts'

/** What the mini program was registered with: its categories, the brand that it showed last. */
export function Certificates({ appid }: { appid: string }) {
  const text = useText().accounts.card
  const { data } = useQuery(certificatesQuery(appid))
  const { category_info_list: categories = [], brand_info: brand } = data ?? {}
  const documents = (...lists: string[][]) => text.documents(lists.flat().length)
  return (
    <SettingsCard
      title={text.miniapp}
      hint={data && categories.length === 0 && !brand ? text.miniappNone : text.miniappHint}
    >
      {categories.map((category) => (
        <SettingsRow
          key={`${category.first_category_id}-${category.second_category_id}`}
          title={`${category.first_category_name} › ${category.second_category_name}`}
          hint={documents(category.certificate_url)}
        />
      ))}
      {brand && (
        <SettingsRow
          title={text.brand}
          hint={
            <>
              <PlainText text={brand.brand_wording} /> ·{' '}
              {documents(brand.sale_authorization, brand.trademark_registration_certificate)}
            </>
          }
        />
      )}
    </SettingsCard>
  )
}
