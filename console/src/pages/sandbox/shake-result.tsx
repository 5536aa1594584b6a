import type { ApiDraw } from '@shenpi/sdk/contract/api'
import type { ShownPage } from '../../data/shakes.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import css from './phone.module.css'
import { ShakeEvent } from './shake-event.tsx'
import { useSandboxText } from './use-sandbox-text.ts'
import type { ExpectedEvent } from './use-shake-event.ts'

interface ShakeResultProps {
  cards: readonly ShownPage[] | undefined
  opened: ShownPage | undefined
  /** Of a lottery's page that was opened. */
  draw: ApiDraw | undefined
  counts: { shakes: number; cards: number; clicks: number }
  event: ExpectedEvent
}

/** What comes of a shake beside its cards: counts, event, red packet, ticket, link. */
export function ShakeResult({ cards, opened, draw, counts, event }: ShakeResultProps) {
  const { phone: text } = useSandboxText()
  const card = opened ?? (cards?.length === 1 ? cards[0] : undefined)
  return (
    <div className={css.result}>
      <section>
        <h2 className={css.title}>{text.counts}</h2>
        <dl className={css.counts}>
          {(['shakes', 'cards', 'clicks'] as const).map((name) => (
            <div key={name}>
              <dt className={css.hint}>{text[name]}</dt>
              <dd className={css.count}>{counts[name]}</dd>
            </div>
          ))}
        </dl>
      </section>
      {cards !== undefined && (
        <section>
          <h2 className={css.title}>{text.event}</h2>
          <ShakeEvent event={event} isExpected={cards.length === 1} />
        </section>
      )}
      {draw && (
        <section>
          <h2 className={css.title}>{text.redPacket}</h2>
          <p role="status">{text.draws[draw.outcome](((draw.packet?.amount ?? 0) / 100).toFixed(2))}</p>
        </section>
      )}
      {card && (
        <section>
          <h2 className={css.title}>{text.ticket}</h2>
          <p className={css.ticket}>
            <code>{card.ticket}</code>
            <CopyButton text={card.ticket} label={text.copyTicket} />
          </p>
          <h2 className={css.title}>{text.link}</h2>
          <p className={css.link}>{card.url}</p>
        </section>
      )}
    </div>
  )
}
