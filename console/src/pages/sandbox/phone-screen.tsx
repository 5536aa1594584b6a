import type { ShownPage } from '../../data/shakes.ts'
import { Icon } from '../../parts/icon.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { Tag } from '../../parts/tag.tsx'
import css from './phone.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

interface PhoneScreenProps {
  /** Undefined: it was not shaken yet. */
  cards: readonly ShownPage[] | undefined
  opened: ShownPage | undefined
  onOpen: (card: ShownPage) => void
}

/** What the phone shows: one page is a card, several are a list, none is nothing. */
export function PhoneScreen({ cards, opened, onOpen }: PhoneScreenProps) {
  const { phone: text } = useSandboxText()
  return (
    <section aria-label={text.screen} className={css.phone}>
      <div className={css.screen} role="status">
        {cards === undefined && <p className={css.idle}>{text.idle}</p>}
        {cards?.length === 0 && (
          <p className={css.idle}>
            <strong>{text.nothing}</strong>
            <span>{text.nothingBody}</span>
          </p>
        )}
        {cards && cards.length > 1 && <p className={css.many}>{text.list}</p>}
        {cards?.map((card) => (
          <button
            key={card.ticket}
            type="button"
            className={css.card}
            data-opened={card === opened}
            aria-label={text.open(card.title)}
            onClick={() => onOpen(card)}
          >
            <CardIcon url={card.icon_url} />
            <span className={css.words}>
              <strong>
                <PlainText text={card.title} />
              </strong>
              <span className={css.hint}>
                <PlainText text={card.description} />
              </span>
              <span className={css.hint}>
                {text.metres(card.beacon.distance)}
                {card.near_store && ` · ${text.near}`}
              </span>
            </span>
            {card === opened && <Tag look="good">{text.opened}</Tag>}
          </button>
        ))}
      </div>
    </section>
  )
}

/** The page's policy loads pictures of this server alone. */
function CardIcon({ url }: { url: string }) {
  const isOwn = URL.canParse(url) && new URL(url).origin === location.origin
  return <span className={css.icon}>{isOwn ? <img src={url} alt="" /> : <Icon name="picture" />}</span>
}
