import type { Loss } from './compare.ts'

/** How many answers a run must have acknowledged, for each kill on average, before it proves anything. */
export const ACKNOWLEDGED_MIN = 20

/** A run of kills on one database, and its result. */
export interface KillRun {
  /** Kills that were asked for. */
  kills: number
  /** Answers between a start and the kill after it, in the order of the kills. */
  acknowledgedByKill: readonly number[]
  losses: readonly Loss[]
  /** Answers that say that the server is at fault. */
  faults: readonly string[]
}

/** Why a run does not pass, in sentences. A run that lost nothing because nothing was asked of the server fails too. */
export function faultsOf({ kills, acknowledgedByKill, losses, faults }: KillRun): string[] {
  const sentences: string[] = []
  if (losses.length > 0) sentences.push(`${losses.length} losses or faults in the database`)
  if (faults.length > 0) sentences.push(`${faults.length} answers of a server at fault`)
  if (acknowledgedByKill.length < kills) sentences.push(`${acknowledgedByKill.length} of ${kills} kills were made`)
  const idle = acknowledgedByKill.flatMap((count, index) => (count === 0 ? [index + 1] : []))
  if (idle.length > 0) sentences.push(`no answer was acknowledged before kill ${idle.join(', ')}`)
  const acknowledged = acknowledgedByKill.reduce((sum, count) => sum + count, 0)
  const least = ACKNOWLEDGED_MIN * kills
  if (acknowledged < least) {
    sentences.push(
      `${acknowledged} answers were acknowledged: ${kills} kills need ${least}, ${ACKNOWLEDGED_MIN} a kill`,
    )
  }
  return sentences
}
