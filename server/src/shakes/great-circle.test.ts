import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distanceBetween } from './great-circle.ts'

// Reference distances on a sphere with a radius of 6,371,008.8 m.
const CASES = [
  { name: 'a place and itself', a: [22.5, 113.9], b: [22.5, 113.9], metres: 0 },
  { name: 'a degree along the equator', a: [0, 0], b: [0, 1], metres: 111_195 },
  { name: 'a degree along a meridian', a: [39, 116], b: [40, 116], metres: 111_195 },
  { name: 'a degree of longitude at 60° north', a: [60, 10], b: [60, 11], metres: 55_597 },
  { name: 'over the date line', a: [0, 179.5], b: [0, -179.5], metres: 111_195 },
  { name: 'Beijing and Shenzhen', a: [39.9042, 116.4074], b: [22.5431, 114.0579], metres: 1_943_500 },
  { name: 'opposite ends of the earth', a: [0, 0], b: [0, 180], metres: 20_015_115 },
] as const

for (const { name, a, b, metres } of CASES) {
  test(`${name} are ${metres} m apart`, () => {
    const found = distanceBetween({ latitude: a[0], longitude: a[1] }, { latitude: b[0], longitude: b[1] })
    assert.ok(Math.abs(found - metres) <= Math.max(1, metres / 1000), `${found}`)
  })
}
