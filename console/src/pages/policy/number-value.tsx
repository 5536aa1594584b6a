import type { PolicySetting } from '@shenpi/sdk/contract/states'
import { TextField } from '../../parts/text-field.tsx'
import { usePolicyText } from './use-policy-text.ts'

const MOST_DEVICES = 1_000_000_000

/** The least and the most that a setting takes, as the contract says. */
export const NUMBER_BOUNDS: { readonly [Setting in PolicySetting]?: readonly [number, number] } = {
  undo_seconds: [0, 60],
  quick_review_max: [0, MOST_DEVICES],
  device_ceiling: [0, MOST_DEVICES],
  active_devices_min: [0, 100],
  review_working_days: [1, 60],
}

export function isWhole(setting: PolicySetting, typed: string): boolean {
  const [min, max] = NUMBER_BOUNDS[setting] ?? [0, 0]
  return /^\d{1,10}$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max
}

interface NumberValueProps {
  setting: PolicySetting
  typed: string
  onType: (typed: string) => void
  /** What the server refuses of it. */
  fault?: string
}

export function NumberValue({ setting, typed, onType, fault }: NumberValueProps) {
  const text = usePolicyText()
  const { title, unit } = text.settings[setting]
  const [min, max] = NUMBER_BOUNDS[setting] ?? [0, 0]
  return (
    <TextField
      label={`${title} (${unit})`}
      value={typed}
      onChange={onType}
      inputMode="numeric"
      focused
      fault={isWhole(setting, typed) ? fault : text.whole(min, max)}
    />
  )
}
