import { useText } from './use-text.ts'

/** An actor of the trail in words: `staff:李雷` is 李雷, `key:first` the key first. */
export function useActorName(): (actor: string) => string {
  const { actors } = useText().staff
  return (actor) => {
    const at = actor.indexOf(':')
    const [type, name] = at < 0 ? [actor, ''] : [actor.slice(0, at), actor.slice(at + 1)]
    if (type === 'staff' && name !== '') return name
    if (type === 'key' && name !== '') return actors.key(name)
    const words: Readonly<Record<string, string>> = actors.others
    return words[actor] ?? actor
  }
}
