import { useMay } from '../../data/own-account.ts'
import { PageBody } from '../../parts/page-body.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Guesses } from './guesses.tsx'
import { Invitations } from './invitations.tsx'
import { Keys } from './keys.tsx'
import { Members } from './members.tsx'
import { Resets } from './resets.tsx'
import { useMembersText } from './use-members-text.ts'

export function StaffPage() {
  const text = useMembersText()
  const mayChange = useMay('staff.change')
  const maySeeKeys = useMay('key.read')
  return (
    <>
      <PageHeader title={text.title} />
      <PageBody>
        <Guesses />
        <Resets />
        <Members mayChange={mayChange} />
        <Invitations mayChange={mayChange} />
        {maySeeKeys && <Keys />}
      </PageBody>
    </>
  )
}
