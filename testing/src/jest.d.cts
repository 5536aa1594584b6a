import type { SandboxOptions } from './create-sandbox.js'
import type { Sandbox } from './sandbox.js'

export { createSandbox } from './create-sandbox.js'

/** A sandbox for each test of a file, or of a `describe`: opened before it and closed after it. */
export declare function useSandbox(options?: SandboxOptions): {
  /** That of the test that runs. */
  readonly current: Sandbox
}
