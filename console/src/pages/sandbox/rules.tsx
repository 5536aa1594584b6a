import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMay } from '../../data/own-account.ts'
import { deleteOutcomeRule, outcomeRulesQuery } from '../../data/sandbox-rules.ts'
import { Button } from '../../parts/button.tsx'
import { PageBody } from '../../parts/page-body.tsx'
import { Scroller } from '../../parts/scroller.tsx'
import { SettingsCard, SettingsRow } from '../../parts/settings-card.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { Faults } from './faults.tsx'
import css from './rules.module.css'
import { useRuleWords } from './use-rule-words.ts'
import { useSandboxText } from './use-sandbox-text.ts'

/** What decides applications by itself, and what goes wrong on purpose; how often each did. */
export function Rules({ appid }: { appid: string }) {
  const { rules: text } = useSandboxText()
  const { data } = useQuery(outcomeRulesQuery(appid))
  const mayControl = useMay('sandbox.control')
  const tell = useFailureNotice()
  const wordsOf = useRuleWords()
  const rules = data && [
    ...data.ofAccount.map((rule) => ({ rule, of: appid })),
    ...data.ofAll.map((rule) => ({ rule, of: undefined })),
  ]
  return (
    <Scroller label={text.outcomes}>
      <PageBody>
        <SettingsCard title={text.outcomes} hint={text.outcomesHint}>
          {!rules && <Skeleton height="3rem" />}
          {rules?.length === 0 && <p className={css.none}>{text.noOutcomes}</p>}
          {rules?.map(({ rule, of }) => (
            <RuleRow
              key={`${of} ${rule.name}`}
              name={rule.name}
              words={[...wordsOf(rule), ...(of === undefined ? [text.forAll] : [])].join(' · ')}
              hits={rule.hits}
              onRemove={mayControl ? () => void deleteOutcomeRule(rule.name, of).catch(tell) : undefined}
            />
          ))}
        </SettingsCard>
        <Faults appid={appid} mayControl={mayControl} />
      </PageBody>
    </Scroller>
  )
}

interface RuleRowProps {
  name: string
  words: ReactNode
  hits: number
  onRemove?: () => void
}

/** A rule: what it is called, what it does, how often it did. */
export function RuleRow({ name, words, hits, onRemove }: RuleRowProps) {
  const { rules: text } = useSandboxText()
  return (
    <SettingsRow title={name} hint={words}>
      <div className={css.ends}>
        <Tag look={hits > 0 ? 'accent' : 'plain'}>{text.hits(hits)}</Tag>
        {onRemove && (
          <Button look="quiet" aria-label={`${text.remove} ${name}`} onClick={onRemove}>
            {text.remove}
          </Button>
        )}
      </div>
    </SettingsRow>
  )
}
