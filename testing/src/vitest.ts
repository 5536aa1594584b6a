import { createSandbox, type SandboxOptions } from './create-sandbox.ts'
import type { Sandbox } from './sandbox.ts'

/** What Vitest is to do with a fixture. */
export type SandboxFixture = (context: object, use: (sandbox: Sandbox) => Promise<void>) => Promise<void>

/**
 * A sandbox for each of Vitest's tests that names it, closed after the test.
 *
 * @example
 * const test = base.extend({ sandbox: sandboxFixture({ seed: 'demo' }) })
 */
export function sandboxFixture(options: SandboxOptions = {}): SandboxFixture {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from it that this fixture needs no other
  return async ({}, use) => {
    const sandbox = await createSandbox(options)
    try {
      await use(sandbox)
    } finally {
      await sandbox.close()
    }
  }
}
