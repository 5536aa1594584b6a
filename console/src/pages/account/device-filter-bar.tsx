import { DEVICE_FILTERS } from '@shenpi/sdk/contract/states'
import { useNavigate } from '@tanstack/react-router'
import type { DeviceFilters } from '../../data/account-filters.ts'
import { Chip } from '../../parts/chip.tsx'
import css from '../../parts/filter-bar.module.css'
import { SearchField } from '../../parts/search-field.tsx'
import { Segments } from '../../parts/segments.tsx'
import { useText } from '../../text/use-text.ts'

const ALL = 'all'

export function DeviceFilterBar({ appid, filters }: { appid: string; filters: DeviceFilters }) {
  const text = useText().accounts.devices
  const navigate = useNavigate()
  const show = (search: DeviceFilters) =>
    void navigate({ to: '/accounts/$appid/{-$part}', params: { appid, part: 'devices' }, search, replace: true })
  return (
    <div className={css.bar}>
      <Segments
        label={text.filter.label}
        value={filters.having ?? ALL}
        options={[
          { value: ALL, label: text.filter.all },
          ...DEVICE_FILTERS.map((value) => ({ value, label: text.filter[value] })),
        ]}
        onChange={(chosen) => show({ having: DEVICE_FILTERS.find((name) => name === chosen) })}
      />
      {filters.batch && (
        <Chip label={text.batch} onRemove={() => show({})}>
          {filters.batch}
        </Chip>
      )}
      <SearchField label={text.search} value={filters.q} maxLength={100} onChange={(q) => show({ q })} />
    </div>
  )
}
