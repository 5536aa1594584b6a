import { KIND_NAMES, ROLES } from '@shenpi/sdk/contract/states'
import { Command } from 'commander'
import { addSandboxCommands } from './sandbox.ts'

/** The command line. Each command's code is loaded when it is called. */
export const program = new Command('shenpi')
  .description('Application review, wire-compatible with WeChat’s Shake Nearby and shop-audit APIs.')
  .showHelpAfterError('(shenpi --help lists the commands)')

program
  .command('serve')
  .description('run the server; configured by the environment, see docs/configuration.md')
  .action(async () => (await import('./serve.ts')).serve())

program
  .command('migrate')
  .description('bring the database up to date without starting a server')
  .option('--plan', 'tell what is to be done, and change nothing')
  .option('--json', 'answer in JSON')
  .action(async (options) => (await import('./migrate.ts')).migrateDatabase(options))

program
  .command('certs')
  .description(
    'make a local CA and a certificate for api.weixin.qq.com, for clients whose host cannot be changed (sandbox)',
  )
  .option('--host <name...>', 'further names or addresses of the server')
  .option('--json', 'answer in JSON')
  .action(async (options) => (await import('./certs.ts')).makeCertificates(options))

const audit = program.command('audit').description('the audit trail')
audit
  .command('verify [file]')
  .description(
    'recompute all chains of audit entries, each account’s and the installation’s, or that of an exported file',
  )
  .option('--key <key>', 'of a file: the public key that it must be signed by, or a file with it')
  .option('--json', 'answer in JSON')
  .action(async (file, options) =>
    file === undefined
      ? (await import('./verify.ts')).verifyAudit(options)
      : (await import('./verify-file.ts')).verifyFile(file, options),
  )

/** A command that asks a running server. */
const remote = (parent: Command, usage: string, description: string) =>
  parent
    .command(usage)
    .description(description)
    .option('--json', 'answer in JSON')
    .option('--url <url>', 'the server (default: the one that runs on DATA_DIR)')

const account = program.command('account').description('accounts of merchants')
remote(account, 'create', 'create an account and show its secret')
  .requiredOption('--name <name>', 'whose it is')
  .action(async (options) => (await import('./accounts.ts')).create(options))
remote(account, 'list', 'list accounts').action(async (options) => (await import('./accounts.ts')).list(options))
remote(account, 'callback <appid>', 'set where an account is called back')
  .requiredOption('--callback-url <url>', 'the merchant’s address')
  .requiredOption('--token <token>', 'what signatures are made with')
  .option('--encoding-aes-key <key>', '43 letters and digits; secure and compatible mode need it')
  .option('--mode <mode>', 'plain, compatible or secure', 'plain')
  .option('--format <format>', 'xml or json', 'xml')
  .action(async (appid, options) => (await import('./accounts.ts')).callback(appid, options))

remote(account, 'limits <appid>', 'show, or set, from where and how often an account may call')
  .option('--ip-allow <list>', 'addresses and ranges, parted by commas; "any" for everywhere')
  .option('--daily <number>', 'calls of one path in a day; 0 for no limit, "default" for the server’s')
  .option('--minute <number>', 'calls of one path in a minute; as above')
  .action(async (appid, options) => (await import('./accounts.ts')).limits(appid, options))

remote(account, 'state <appid>', 'show, or set, whether an account is verified or frozen')
  .option('--verified <yes|no>', 'one that is not cannot apply to open Shake Nearby')
  .option('--frozen <yes|no>', 'every call of a frozen account is refused')
  .option('--secret-frozen <yes|no>', 'a frozen secret gives no tokens; those that are there go on')
  .action(async (appid, options) => (await import('./accounts.ts')).state(appid, options))

remote(account, 'shop <appid>', 'show, or set, how an account’s access to the shop component stands')
  .option(
    '--set <status>',
    'banned, connected (after a ban), or cancelled, which takes its categories and brands with it',
  )
  .action(async (appid, options) => (await import('./shop-access.ts')).status(appid, options))

remote(
  account,
  'certificates <appid>',
  'show, or record, the documents that an account’s mini program was registered with',
)
  .option('--import <file>', 'a JSON file with category_info_list and brand_info, as the native API takes it')
  .action(async (appid, options) => (await import('./miniapp-certificates.ts')).certificates(appid, options))

const staff = program.command('staff').description('who works here')
remote(staff, 'invite', 'print a one-time link by which somebody becomes a member of the staff')
  .requiredOption('--name <name>', 'what they sign in by, and their name in the audit trail')
  .requiredOption('--role <role...>', `some of ${ROLES.join(', ')}`)
  .action(async (options) => (await import('./staff.ts')).invite(options))
remote(staff, 'list', 'list the staff, those who left too').action(async (options) =>
  (await import('./staff.ts')).list(options),
)
remote(staff, 'deactivate <name>', 'let somebody sign in no more; their sessions end')
  .option('--revoke-keys', 'end the keys that they made, too')
  .action(async (name, options) => (await import('./staff.ts')).deactivate(name, options))
remote(staff, 'reset <name>', 'take password, codes and passkeys away, and print a one-time link to begin anew').action(
  async (name, options) => (await import('./staff.ts')).reset(name, options),
)

const key = program.command('key').description('keys of the native API')
remote(key, 'list', 'list keys, ended ones too').action(async (options) => (await import('./keys.ts')).list(options))
remote(key, 'create <name>', 'make a key and show it')
  .requiredOption('--role <role...>', `some of ${ROLES.join(', ')}`)
  .option('--until <time>', 'when it ends by itself, like 2027-01-31T18:00:00+08:00')
  .action(async (name, options) => (await import('./keys.ts')).create(name, options))
remote(key, 'revoke <name>', 'end a key, at every server within three seconds').action(async (name, options) =>
  (await import('./keys.ts')).revoke(name, options),
)

const policy = program.command('policy').description('what the operator decides')
remote(policy, 'show', 'show the settings, and of which years the holidays are known').action(async (options) =>
  (await import('./policy.ts')).show(options),
)
remote(policy, 'set <file>', 'change settings: a JSON file with those that change')
  .requiredOption('--why <text>', 'why, for the trail')
  .action(async (file, options) => (await import('./policy.ts')).set(file, options))
remote(
  program.command('calendar').description('the official holidays'),
  'load <year> <file>',
  'load a year: a JSON file with holidays and workdays, lists of YYYY-MM-DD',
).action(async (year, file, options) => (await import('./policy.ts')).loadCalendar(year, file, options))

const quota = program.command('quota').description('how many device IDs an account may have')
remote(quota, 'show <appid>', 'show the ceiling, what is allocated, and the ledger of both')
  .option('--quantity <number>', 'tell what a batch of so many would leave')
  .option('--limit <number>', 'entries of the ledger at the most', '50')
  .action(async (appid, options) => (await import('./device-quota.ts')).show(appid, options))
remote(quota, 'apply <appid>', 'apply for more than the ceiling allows')
  .requiredOption('--quantity <number>', 'how many more')
  .requiredOption('--purpose <text>', 'what for')
  .action(async (appid, options) => (await import('./device-quota.ts')).apply(appid, options))

const categories = program.command('categories').description('the shop categories')
remote(categories, 'import <file>', 'load a category tree, a JSON file as cat/get answers it').action(
  async (file, options) => (await import('./categories.ts')).importFile(file, options),
)

remote(program, 'applications', 'list applications, the most urgent first')
  .option('--state <state>', 'under_review, approved, rejected or all', 'under_review')
  .option('--kind <kind>', `one of ${KIND_NAMES.join(', ')}`)
  .option('--appid <appid>', 'of one account')
  .option('--limit <number>', 'at the most', '50')
  .action(async (options) => (await import('./applications.ts')).list(options))
/** What both decisions take. */
const decision = (usage: string, description: string) =>
  remote(program, usage, description)
    .option('--override', 'although somebody else has claimed it; the trail tells')
    .option('--delay', 'let it be taken back for as long as the policy says')
    .option('--preview', 'tell what would come of it, and decide nothing')
decision('approve <id...>', 'approve an application, or several of one kind: all of them or none')
  .option('--reason <text>', 'a remark for the merchant')
  .action(async (ids, options) => (await import('./decisions.ts')).decide(ids, 'approve', options))
decision('reject <id...>', 'reject an application, or several of one kind: all of them or none')
  .option('--reason <text>', 'why')
  .option('--from-library <number>', 'a reason that "shenpi reasons" lists; --reason fills in its {places}')
  .option('--language <language>', 'of the reason from the library: zh or en', 'zh')
  .option('--field <name...>', 'the fields that are wrong, by their names on the wire')
  .action(async (ids, options) => (await import('./decisions.ts')).decide(ids, 'reject', options))
remote(
  program,
  'undo <id>',
  'take a decision back that waits, by its application, or one on several by its own id',
).action(async (id, options) => (await import('./decisions.ts')).undo(id, options))
remote(program, 'reasons', 'list the library of reasons')
  .option('--kind <kind>', `one of ${KIND_NAMES.join(', ')}`)
  .option('--language <language>', 'zh or en', 'zh')
  .action(async (options) => (await import('./reasons.ts')).list(options))
remote(program, 'deliveries', 'list callbacks, the newest first')
  .option('--state <state>', 'pending, delivered, failed or unaddressed')
  .option('--appid <appid>', 'of one account')
  .option('--application <id>', 'of one application')
  .option('--limit <number>', 'at the most', '50')
  .action(async (options) => (await import('./deliveries.ts')).list(options))
remote(program, 'replay <id>', 'send a callback again').action(async (id, options) =>
  (await import('./deliveries.ts')).replay(id, options),
)
remote(program, 'replay-range', 'tell what sending the callbacks of a time again would do; with --yes, send them')
  .requiredOption('--from <time>', 'when they were created first, as 2026-09-21T08:00:00+08:00')
  .requiredOption('--until <time>', 'before when they were created')
  .option('--state <state>', 'those that are pending, delivered, failed or unaddressed')
  .option('--event <event>', 'those that tell of one event')
  .option('--appid <appid>', 'of one account')
  .option('--yes', 'send them again')
  .action(async (options) => (await import('./deliveries.ts')).replayRange(options))

remote(
  program,
  'explain <rid>',
  'explain a call of the wire: which check refused it, what it found, what to do',
).action(async (rid, options) => (await import('./explain.ts')).explain(rid, options))
remote(program, 'compare <file>', 'send a recording (HAR, JSON lines) to a server and tell how its answers differ')
  .option('--appid <appid>', 'the account that sends it (default: the sandbox’s)')
  .option('--secret <secret>', 'its secret')
  .action(async (file, options) => (await import('./compare.ts')).compare(file, options))
program
  .command('record')
  .description('pass calls on to another server of this wire, and record them without secrets, until Ctrl-C')
  .requiredOption('--to <file>', 'the file to write; one that is there is left alone')
  .requiredOption('--upstream <url>', 'where calls go, like https://api.weixin.qq.com')
  .option('--port <number>', 'where it listens on 127.0.0.1', '8090')
  .action(async (options) => (await import('./record.ts')).record(options))

addSandboxCommands(program, remote)
