import { SCENARIOS } from '../../src/sandbox/faults/scenarios.ts'

/** The scenarios as docs/sandbox-faults.md lists them: a test compares. */
export function toScenarioTable(): string {
  const rows = SCENARIOS.map(({ name, effect, match, where, times, happens, handled }) => {
    const { type, ...members } = effect
    const words = [...Object.entries(members), ...Object.entries(match)].map(([member, value]) => `${member} ${value}`)
    const how = [words.length > 0 ? `${type} (${words.join(', ')})` : type, where, times && `${times} ×`]
    return `| \`${name}\` | ${how.filter(Boolean).join(' · ')} | ${happens} | ${handled} |`
  })
  return [
    '| scenario | rule | what happens | what a good client or receiver does |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
