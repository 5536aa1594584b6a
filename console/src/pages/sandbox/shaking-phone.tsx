import type { ApiDevice, ApiDraw } from '@shenpi/sdk/contract/api'
import { useState } from 'react'
import { useMay } from '../../data/own-account.ts'
import { openCard, type ShownPage, shakePhone } from '../../data/shakes.ts'
import { Button } from '../../parts/button.tsx'
import { Scroller } from '../../parts/scroller.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useFailureNotice } from '../../parts/use-failure-notice.ts'
import { BeaconList } from './beacon-list.tsx'
import { FloorPlan } from './floor-plan.tsx'
import { MotionButton } from './motion-button.tsx'
import css from './phone.module.css'
import { PhoneScreen } from './phone-screen.tsx'
import { isOpenid, readPlace } from './read-place.ts'
import { ShakeResult } from './shake-result.tsx'
import { useBeacons } from './use-beacons.ts'
import { useSandboxText } from './use-sandbox-text.ts'
import { useShakeEvent } from './use-shake-event.ts'
import { useSpaceBar } from './use-space-bar.ts'

const NOTHING_COUNTED = { shakes: 0, cards: 0, clicks: 0 }

/** Which beacons it hears, where it is, what it shows when it is shaken, and what comes of that. */
export function ShakingPhone({ appid, devices }: { appid: string; devices: readonly ApiDevice[] }) {
  const { phone: text } = useSandboxText()
  const mayShake = useMay('device.shake')
  const tell = useFailureNotice()
  const { beacons, heard, change } = useBeacons(devices)
  const [openid, setOpenid] = useState('o-sandbox-phone')
  const [place, setPlace] = useState('')
  const [cards, setCards] = useState<readonly ShownPage[]>()
  const [opened, setOpened] = useState<ShownPage>()
  const [draw, setDraw] = useState<ApiDraw>()
  const [counts, setCounts] = useState(NOTHING_COUNTED)
  const event = useShakeEvent(appid)
  const position = readPlace(place)
  const isReady = mayShake && isOpenid(openid) && position !== 'malformed'
  const shake = () => {
    if (!isReady) return
    event.expect()
    shakePhone(openid, heard, position).then((shown) => {
      setCards(shown)
      setOpened(undefined)
      setDraw(undefined)
      setCounts(({ shakes, cards, ...rest }) => ({ ...rest, shakes: shakes + 1, cards: cards + shown.length }))
    }, tell)
  }
  const open = (card: ShownPage) => {
    openCard(card).then((drawn) => {
      setOpened(card)
      setDraw(drawn)
      setCounts((counted) => ({ ...counted, clicks: counted.clicks + 1 }))
    }, tell)
  }
  useSpaceBar(shake)
  return (
    <Scroller label={text.plan} className={css.scroller}>
      <div className={css.columns}>
        <div className={css.room}>
          <FloorPlan beacons={beacons} onMove={(id, distance) => change(id, { distance })} />
          <BeaconList beacons={beacons} onChange={change} />
        </div>
        <div className={css.side}>
          <PhoneScreen cards={cards} opened={opened} onOpen={open} />
          <div className={css.actions}>
            <Button look="primary" disabled={!isReady} onClick={shake}>
              {text.shake}
            </Button>
            <MotionButton onShake={shake} />
            <p className={css.hint}>{text.shakeHint}</p>
          </div>
          <TextField
            label={text.openid}
            value={openid}
            maxLength={64}
            fault={isOpenid(openid) ? undefined : text.openidFault}
            onChange={setOpenid}
          />
          <TextField
            label={text.place}
            hint={text.placeHint}
            value={place}
            maxLength={64}
            fault={position === 'malformed' ? text.placeFault : undefined}
            onChange={setPlace}
          />
        </div>
        <ShakeResult cards={cards} opened={opened} draw={draw} counts={counts} event={event} />
      </div>
    </Scroller>
  )
}
