import { useText } from './use-text.ts'

/** What a field of a kind is called; a newer server may name one that has no word yet. */
export function useFieldLabel(): (name: string) => string {
  const labels: Readonly<Record<string, string>> = useText().fields
  return (name) => labels[name] ?? name
}
