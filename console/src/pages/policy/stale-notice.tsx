import type { ApiPolicyVersion } from '@shenpi/sdk/contract/api'
import { usePolicyText } from './use-policy-text.ts'
import { VersionRow } from './version-row.tsx'
import css from './versions.module.css'

/** Who changed what since somebody began to type. */
export function StaleNotice({ versions }: { versions: readonly ApiPolicyVersion[] }) {
  const text = usePolicyText()
  return (
    <div role="alert" className={css.stale}>
      <p>{text.stale}</p>
      {versions.map((version) => (
        <VersionRow key={version.version} version={version} />
      ))}
    </div>
  )
}
