import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findPostgresBinaries } from './postgres-binaries.ts'

export interface ClusterOptions {
  durable?: boolean
  citus?: boolean
  /** What it keeps of its databases in memory. */
  sharedBuffersMb?: number
}

export interface PostgresCluster {
  /** For node-postgres and libpq alike; the database is `postgres`, the user may do everything. */
  url: string
  /** Folder of its socket, which is what other servers know it by. */
  host: string
  port: number
  /** Process ID of the postmaster. */
  pid: number
  /** Start it again after its postmaster was killed. */
  revive(): Promise<void>
  /** Stop the server at once, whoever is connected, and remove its folder. */
  stop(): Promise<void>
}

/** How `port` names the socket's file; nothing listens on the network. */
const PORT = 5432

/** Each database that a node of Citus has open needs a worker process. */
const CITUS_SETTINGS = ["shared_preload_libraries = 'citus'", 'max_worker_processes = 64']

/** The longest socket address that every system takes. Unit: bytes. Source: macOS's `sun_path`, less its final zero. */
const MAX_SOCKET_PATH_BYTES = 103

/**
 * The keeper owns the cluster from its first file to its last. Its standard input is a pipe whose other end only
 * the starter holds, so end of file means that the starter stopped it or is gone, even by kill -9.
 *
 * It reports the postmaster's process ID on standard output, or else its log on standard error.
 */
const KEEPER = `
folder=$1 bin=$2 settings=$3
trap '"$bin/pg_ctl" stop -D "$folder/data" -m immediate >/dev/null 2>&1; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE
{
  "$bin/initdb" -D "$folder/data" -U shenpi --auth=trust --encoding=UTF8 --locale=C --no-sync --no-instructions &&
  printf '%s\\n' "$settings" >>"$folder/data/postgresql.conf" &&
  "$bin/pg_ctl" start -D "$folder/data" -l "$folder/server.log" --wait
} </dev/null >"$folder/keeper.log" 2>&1 || { cat "$folder"/*.log >&2; exit 1; }
head -n 1 "$folder/data/postmaster.pid"
exec >/dev/null 2>&1
read -r _
`

/**
 * Start a throw-away PostgreSQL server of the machine's own binaries, reached through a socket in its own folder.
 * It ends with `stop()` or with this process, however that ends, and does not keep this process alive.
 *
 * @param options.durable keep what a power cut must not lose: the disk is waited for, as in production. Otherwise
 *   the server is faster and gives the same answers.
 * @param options.citus be a node of Citus
 * @returns nothing when the machine has no binaries that serve.
 * @throws Error with the server's log when it does not start.
 */
export async function startPostgresCluster(options: ClusterOptions = {}): Promise<PostgresCluster | undefined> {
  const bin = findPostgresBinaries()
  if (!bin) return undefined
  const account = unprivilegedAccount()
  const folder = mkdtempSync(join(temporaryRoot(), 'shenpi-postgres-'))
  if (account) chownSync(folder, account.uid, account.gid)

  // Detached: Ctrl-C in a terminal reaches the whole process group, and must not reach the server before the tests.
  const keeper = spawn('sh', ['-c', KEEPER, 'postgres-keeper', folder, bin, settings(folder, options)], {
    ...account,
    cwd: folder,
    detached: true,
    env: serverEnvironment(),
    stdio: 'pipe',
  })
  let failure = ''
  keeper.once('error', (error) => {
    failure = error.message
  })
  const ended = new Promise((resolve) => keeper.once('close', resolve))
  const stop = async () => {
    keeper.ref()
    keeper.stdin.destroy()
    await ended
    await rm(folder, { recursive: true, force: true })
  }

  const [report, log] = await Promise.all([text(keeper.stdout), text(keeper.stderr)])
  const pid = Number.parseInt(report, 10)
  if (!pid) {
    await stop()
    throw new Error(`PostgreSQL did not start from ${bin}:\n${failure || log}`)
  }
  keeper.unref()
  const revive = async () => {
    const log = join(folder, 'server.log')
    const start = spawn(join(bin, 'pg_ctl'), ['start', '-D', join(folder, 'data'), '-l', log, '--wait'], {
      ...account,
      cwd: folder,
      env: serverEnvironment(),
      stdio: 'ignore',
    })
    const [code] = await once(start, 'exit')
    if (code !== 0) throw new Error(`PostgreSQL did not start again: see ${log}`)
  }
  const url = `postgresql:///postgres?host=${encodeURIComponent(folder)}&port=${PORT}&user=shenpi`
  return { url, host: folder, port: PORT, pid, revive, stop }
}

function settings(folder: string, { durable, citus, sharedBuffersMb = 128 }: ClusterOptions): string {
  const lines = [
    "listen_addresses = ''",
    `port = ${PORT}`,
    `unix_socket_directories = '"${folder.replaceAll("'", "''")}"'`,
    'max_connections = 200',
    `shared_buffers = ${sharedBuffersMb}MB`,
  ]
  if (citus) lines.push(...CITUS_SETTINGS, `citus.local_hostname = '${folder.replaceAll("'", "''")}'`)
  if (!durable) lines.push('fsync = off', 'synchronous_commit = off', 'full_page_writes = off')
  return lines.join('\n')
}

/** The environment without libpq's variables, which would speak of another server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  return { ...Object.fromEntries(own), LC_ALL: 'C' }
}

/** PostgreSQL refuses to run as root: who runs it then. */
function unprivilegedAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  const entry = ['postgres', 'nobody'].flatMap((name) => accounts.find((line) => line.startsWith(`${name}:`)) ?? [])[0]
  if (!entry) throw new Error('PostgreSQL may not run as root, and there is no user postgres or nobody to run it as.')
  const [, , uid, gid] = entry.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** The system's temporary folder, unless its name is too long for a socket or root's other user cannot work there. */
function temporaryRoot(): string {
  const root = realpathSync(tmpdir())
  const socket = join(root, `shenpi-postgres-XXXXXX/.s.PGSQL.${PORT}`)
  const fits = Buffer.byteLength(socket) <= MAX_SOCKET_PATH_BYTES
  const isOpenToOthers = (statSync(root).mode & 0o002) !== 0 && pathTo(root).every((at) => statSync(at).mode & 0o001)
  return fits && (process.getuid?.() !== 0 || isOpenToOthers) ? root : '/tmp'
}

/** The folder and all that lead to it. */
function pathTo(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [...pathTo(parent), folder]
}
