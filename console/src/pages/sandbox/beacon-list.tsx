import { PlainText } from '../../parts/plain-text.tsx'
import css from './phone.module.css'
import { type Beacon, DISTANCE_MAX } from './use-beacons.ts'
import { useSandboxText } from './use-sandbox-text.ts'

interface BeaconListProps {
  beacons: readonly Beacon[]
  onChange: (id: number, change: { isHeard?: boolean; distance?: number }) => void
}

/** Which beacons the phone hears, and how far each is. */
export function BeaconList({ beacons, onChange }: BeaconListProps) {
  const { phone: text } = useSandboxText()
  return (
    <section>
      <h2 className={css.title}>{text.beacons}</h2>
      <ul className={css.beacons}>
        {beacons.map(({ device_id, major, minor, comment, distance, isHeard }) => (
          <li key={device_id} className={css.row}>
            <label className={css.hear}>
              <input
                type="checkbox"
                aria-label={text.hears(device_id)}
                checked={isHeard}
                onChange={({ target }) => onChange(device_id, { isHeard: target.checked })}
              />
              <span className={css.words}>
                <strong>{device_id}</strong>{' '}
                <span className={css.hint}>
                  {major} · {minor} <PlainText text={comment} />
                </span>
              </span>
            </label>
            <input
              type="range"
              className={css.range}
              aria-label={text.distance(device_id)}
              aria-valuetext={text.metres(distance)}
              min={0.5}
              max={DISTANCE_MAX}
              step={0.5}
              disabled={!isHeard}
              value={distance}
              onChange={({ target }) => onChange(device_id, { distance: Number(target.value) })}
            />
            <span className={css.far}>{text.metres(distance)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
