/** As much of Testcontainers' `GenericContainer` as is needed: it is the caller's dependency, in whatever version. */
export interface Container<Strategy> {
  withExposedPorts(port: number): this
  withEnvironment(environment: Record<string, string>): this
  withWaitStrategy(strategy: Strategy): this
}

/** The same of its `Wait`. */
export interface Waits<Strategy> {
  forHttp(path: string, port: number): Strategy
}

/** The same of a container that has started. */
export interface Started {
  getHost(): string
  getMappedPort(port: number): number
  exec(command: string[]): Promise<{ exitCode: number; stdout: string }>
}

/** Where a server listens within its container. */
const PORT = 8080
/** Answers 200 when the database is there and the workers have come round. */
const HEALTH = '/readyz'

/**
 * Make a container of the image of Shenpi a sandbox: its port, its settings, and that it has started when it is ready.
 *
 * @param settings of docs/configuration.md
 * @example
 * const container = await asSandbox(new GenericContainer(image), Wait, { SANDBOX_SEED: 'demo' }).start()
 */
export function asSandbox<Strategy, C extends Container<Strategy>>(
  container: C,
  wait: Waits<Strategy>,
  settings: Readonly<Record<string, string>> = {},
): C {
  return container
    .withExposedPorts(PORT)
    .withEnvironment({ MODE: 'sandbox', HOST: '0.0.0.0', PORT: String(PORT), ...settings })
    .withWaitStrategy(wait.forHttp(HEALTH, PORT))
}

/** Where a started sandbox is reached, and its operator's key. */
export async function reach(started: Started): Promise<{ url: string; key: string }> {
  const { exitCode, stdout } = await started.exec(['sh', '-c', 'cat "$' + '{DATA_DIR:-.shenpi}/api-key"'])
  if (exitCode !== 0) throw new Error('the container has no key of the native API')
  return { url: `http://${started.getHost()}:${started.getMappedPort(PORT)}`, key: stdout.trim() }
}
