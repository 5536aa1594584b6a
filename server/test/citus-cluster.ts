import { joinNodes } from './citus-database.ts'
import { findPostgresBinaries, hasCitus } from './postgres-binaries.ts'
import { type ClusterOptions, type PostgresCluster, startPostgresCluster } from './postgres-cluster.ts'

export interface CitusCluster {
  /** Of the coordinator. */
  url: string
  coordinator: PostgresCluster
  workers: PostgresCluster[]
  stop(): Promise<void>
}

/** Whether this machine's PostgreSQL has the extension. */
export function isCitusHere(): boolean {
  const bin = findPostgresBinaries()
  return bin !== undefined && hasCitus(bin)
}

/**
 * Start a throw-away coordinator and two workers: a single node would hide that a statement goes to several.
 *
 * @returns nothing when the machine has no PostgreSQL with Citus
 */
export async function startCitusCluster(options: ClusterOptions = {}): Promise<CitusCluster | undefined> {
  if (!isCitusHere()) return undefined
  const nodes: PostgresCluster[] = []
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  }
  try {
    for (let count = 0; count < 3; count += 1) {
      const node = await startPostgresCluster({ ...options, citus: true })
      if (node) nodes.push(node)
    }
    const [coordinator, ...workers] = nodes
    if (!coordinator) throw new Error('PostgreSQL went away')
    await joinNodes(nodes, 'postgres')
    return { url: coordinator.url, coordinator, workers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
