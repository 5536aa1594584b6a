import type { Command } from 'commander'

/** A command that asks a running server. */
type Remote = (parent: Command, usage: string, description: string) => Command

/** What a sandbox alone can do. Each command's code is loaded when it is called. */
export function addSandboxCommands(program: Command, remote: Remote): void {
  const sandbox = program
    .command('sandbox')
    .description('what a sandbox alone can do: its time, its outcomes, its faults')
  remote(sandbox, 'clock <appid>', 'show an account’s clock, or let its time pass and tell what happened')
    .option('--advance <time>', 'by 90s, 15m, 12h, 2d, 3wd (working days), or "next": to what is due next')
    .option('--to <time>', 'to a later time, like 2027-01-31T18:00:00+08:00')
    .option('--freeze', 'let it stand still')
    .option('--run', 'let it run on')
    .action(async (appid, options) => (await import('./sandbox-clock.ts')).clock(appid, options))

  const rules = sandbox.command('rules').description('what becomes of applications without anybody deciding them')
  const ofRules = (usage: string, description: string) =>
    remote(rules, usage, description).option('--appid <appid>', 'of one account (default: of all)')
  ofRules('list', 'list the rules in their order, with their hits').action(async (options) =>
    (await import('./sandbox-rules.ts')).list(options),
  )
  ofRules('set <file>', 'replace the rules by those of a file (YAML or JSON): all of them, or none').action(
    async (file, options) => (await import('./sandbox-rules.ts')).set(file, options),
  )
  ofRules('delete <name>', 'delete a rule').action(async (name, options) =>
    (await import('./sandbox-rules.ts')).remove(name, options),
  )
  remote(sandbox, 'outcomes <appid>', 'list what rules have made, or will make, of an account’s applications')
    .option('--limit <number>', 'at the most', '50')
    .action(async (appid, options) => (await import('./sandbox-rules.ts')).outcomes(appid, options))

  const faults = sandbox.command('faults').description('what goes wrong on purpose with calls and callbacks')
  const ofFaults = (usage: string, description: string) =>
    remote(faults, usage, description).option('--appid <appid>', 'of one account (default: of all)')
  ofFaults('list', 'list the rules of faults, with how often each struck').action(async (options) =>
    (await import('./sandbox-faults.ts')).list(options),
  )
  ofFaults('set <name>', 'set a rule of faults; one of that name begins anew')
    .option('--scenario <scenario>', 'what "sandbox faults scenarios" lists')
    .option('--effect <json>', 'instead of a scenario, like {"type":"errcode","errcode":-1}')
    .option('--where <place>', 'before_checks, before_commit or after_commit')
    .option('--path <path...>', 'calls of the wire (default: every one)')
    .option('--event <event...>', 'events of callbacks (default: every one)')
    .option('--skip <number>', 'let so many through first')
    .option('--next <number>', 'look only at so many behind them')
    .option('--share <number>', 'of those, from 0 to 1')
    .option('--times <number>', 'strike so often and then no more')
    .option('--until <time>', 'when it ends, by the machine’s clock (default: in an hour)')
    .action(async (name, options) => (await import('./sandbox-faults.ts')).set(name, options))
  ofFaults('delete <name>', 'delete a rule of faults, and tell how often it struck').action(async (name, options) =>
    (await import('./sandbox-faults.ts')).remove(name, options),
  )
  remote(faults, 'scenarios', 'list the faults that have names, and what a good client does then').action(
    async (options) => (await import('./sandbox-faults.ts')).scenarios(options),
  )

  remote(sandbox, 'reset', 'begin anew, as it was seeded: keys and staff stay')
    .option('--appid <appid>', 'of one account (default: everything)')
    .action(async (options) => (await import('./sandbox-state.ts')).reset(options))
  const snapshot = sandbox.command('snapshot').description('what is kept under a name, to go back to')
  remote(snapshot, 'list', 'list the snapshots').action(async (options) =>
    (await import('./sandbox-state.ts')).listSnapshots(options),
  )
  remote(snapshot, 'take <name>', 'keep how everything stands; one of this name is replaced')
    .option('--appid <appid>', 'of one account (default: everything)')
    .action(async (name, options) => (await import('./sandbox-state.ts')).takeSnapshot(name, options))
  remote(snapshot, 'delete <name>', 'delete a snapshot').action(async (name, options) =>
    (await import('./sandbox-state.ts')).deleteSnapshot(name, options),
  )
  remote(sandbox, 'restore <name>', 'go back to a snapshot, clocks too').action(async (name, options) =>
    (await import('./sandbox-state.ts')).restore(name, options),
  )
  remote(sandbox, 'export <file>', 'write how everything stands into a file, with its pictures')
    .option('--appid <appid>', 'of one account (default: everything)')
    .action(async (file, options) => (await import('./sandbox-state.ts')).exportState(file, options))
  remote(
    sandbox,
    'import <file>',
    'add what a seed file (YAML) says, or what was exported: all of it, or nothing',
  ).action(async (file, options) => (await import('./sandbox-state.ts')).importState(file, options))
}
