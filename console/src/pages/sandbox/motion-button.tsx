import { useEffect, useRef, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import css from './phone.module.css'
import { useSandboxText } from './use-sandbox-text.ts'

/** Faster than it falls. Unit: m/s². */
const SHAKEN_FROM = 15
/** Between two shakes. Unit: milliseconds. */
const PAUSE_MS = 1500

/** Some browsers ask whoever holds the device first. */
async function mayReadMotion(): Promise<boolean> {
  const ask = 'requestPermission' in DeviceMotionEvent ? DeviceMotionEvent.requestPermission : undefined
  if (typeof ask !== 'function') return true
  try {
    return (await ask.call(DeviceMotionEvent)) === 'granted'
  } catch {
    return false
  }
}

/** Lets the device that shows the page be the phone, where it can tell how it moves. */
export function MotionButton({ onShake }: { onShake: () => void }) {
  const { phone: text } = useSandboxText()
  const [state, setState] = useState<'off' | 'on' | 'denied'>('off')
  const shake = useRef(onShake)
  shake.current = onShake
  useEffect(() => {
    if (state !== 'on') return
    let last = 0
    const listen = ({ acceleration, timeStamp }: DeviceMotionEvent) => {
      const { x, y, z } = acceleration ?? {}
      if (Math.hypot(x ?? 0, y ?? 0, z ?? 0) < SHAKEN_FROM || timeStamp - last < PAUSE_MS) return
      last = timeStamp
      shake.current()
    }
    addEventListener('devicemotion', listen)
    return () => removeEventListener('devicemotion', listen)
  }, [state])
  if (!('DeviceMotionEvent' in globalThis) || !matchMedia('(pointer: coarse)').matches) return null
  const ask = async () => setState((await mayReadMotion()) ? 'on' : 'denied')
  if (state === 'off') return <Button onClick={() => void ask()}>{text.motion}</Button>
  return <p className={css.hint}>{state === 'on' ? text.motionOn : text.motionDenied}</p>
}
