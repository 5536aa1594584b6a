import type { ApiDeliveryInFull } from '@shenpi/sdk/contract/api'
import { Link } from '@tanstack/react-router'
import { DeliveryState } from '../../parts/delivery-state.tsx'
import { Fact, FactList } from '../../parts/fact-list.tsx'
import { PlainText } from '../../parts/plain-text.tsx'
import { useDates } from '../../text/use-dates.ts'
import { useText } from '../../text/use-text.ts'

export function DeliveryFacts({ delivery }: { delivery: ApiDeliveryInFull }) {
  const { callbacks } = useText()
  const text = callbacks.delivery
  const dates = useDates()
  const { state, appid, account_name, application, attempts, created_at, due_at, delivered_at } = delivery
  const times = [
    ['created', created_at],
    ['due', due_at],
    ['deliveredAt', delivered_at],
  ] as const
  return (
    <FactList>
      <Fact name={callbacks.state.label}>
        <DeliveryState state={state} />
        {state === 'unaddressed' && (
          <span>
            {text.unaddressed}{' '}
            <Link to="/accounts/$appid/{-$part}" params={{ appid, part: 'callbacks' }} search={{}}>
              {text.setCallback}
            </Link>
          </span>
        )}
      </Fact>
      <Fact name={text.account}>
        <Link to="/accounts/$appid/{-$part}" params={{ appid }} search={{}}>
          <PlainText text={account_name} />
        </Link>{' '}
        <code>{appid}</code>
      </Fact>
      <Fact name={text.application}>
        <Link to="/applications/$id" params={{ id: application }} search={{}}>
          {application}
        </Link>
      </Fact>
      <Fact name={text.attempts}>{attempts}</Fact>
      {times.map(
        ([name, time]) =>
          time && (
            <Fact key={name} name={text[name]}>
              <time dateTime={time} title={dates.exact(time)}>
                {dates.short(time)}
              </time>
            </Fact>
          ),
      )}
    </FactList>
  )
}
