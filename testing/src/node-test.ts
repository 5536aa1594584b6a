import type { TestContext } from 'node:test'
import { createSandbox, type SandboxOptions } from './create-sandbox.ts'
import type { Sandbox } from './sandbox.ts'

/** A sandbox for a test of `node:test`, closed after it. */
export async function sandboxFor(t: Pick<TestContext, 'after'>, options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options)
  t.after(() => sandbox.close())
  return sandbox
}
