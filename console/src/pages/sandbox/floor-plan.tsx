import { type PointerEvent, useRef, useState } from 'react'
import css from './phone.module.css'
import { type Beacon, DISTANCE_MAX } from './use-beacons.ts'
import { useSandboxText } from './use-sandbox-text.ts'

/** Half of the plan, and how far out the farthest beacon stands. Unit: of the drawing. */
const HALF = 160
const OUTERMOST = 140
const RINGS = [1, 5, 15, DISTANCE_MAX]

/** Near ones are told apart: the scale is logarithmic. */
const toRadius = (distance: number): number => (OUTERMOST * Math.log1p(distance)) / Math.log1p(DISTANCE_MAX)
const toDistance = (radius: number): number => Math.expm1((radius / OUTERMOST) * Math.log1p(DISTANCE_MAX))

interface FloorPlanProps {
  beacons: readonly Beacon[]
  onMove: (id: number, distance: number) => void
}

/** The phone and what is around it. Beacons can be pulled; the list beside it does the same by keys. */
export function FloorPlan({ beacons, onMove }: FloorPlanProps) {
  const { phone: text } = useSandboxText()
  const svg = useRef<SVGSVGElement>(null)
  const [pulled, setPulled] = useState<number>()
  const pull = ({ clientX, clientY }: PointerEvent) => {
    const box = svg.current?.getBoundingClientRect()
    if (pulled === undefined || !box) return
    const scale = (2 * HALF) / box.width
    const radius = Math.hypot(clientX - box.left - box.width / 2, clientY - box.top - box.height / 2) * scale
    const distance = Math.round(Math.min(DISTANCE_MAX, Math.max(0.5, toDistance(radius))) * 2) / 2
    onMove(pulled, distance)
  }
  return (
    <figure className={css.plan}>
      <svg
        ref={svg}
        viewBox={`${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}`}
        role="img"
        aria-label={text.plan}
        onPointerMove={pull}
        onPointerUp={() => setPulled(undefined)}
        onPointerLeave={() => setPulled(undefined)}
      >
        {RINGS.map((ring) => (
          <g key={ring}>
            <circle r={toRadius(ring)} className={css.ring} />
            <text y={-toRadius(ring) - 3} className={css.metres}>
              {text.metres(ring)}
            </text>
          </g>
        ))}
        <rect x="-7" y="-12" width="14" height="24" rx="3" className={css.handset} />
        {beacons.map((beacon, at) => {
          const angle = 0.6 + ((at * 2 * Math.PI * 0.382) % (2 * Math.PI))
          const radius = toRadius(beacon.distance)
          const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)]
          return (
            <g
              key={beacon.device_id}
              transform={`translate(${x} ${y})`}
              className={css.beacon}
              data-heard={beacon.isHeard}
              onPointerDown={() => setPulled(beacon.device_id)}
            >
              {beacon.isHeard && <circle r="11" className={css.halo} />}
              <circle r="6" className={css.dot} />
              <text y="20" className={css.name}>
                {beacon.minor}
              </text>
            </g>
          )
        })}
      </svg>
      <figcaption className={css.hint}>{text.planHint}</figcaption>
    </figure>
  )
}
