import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type ApiCaller, createApiClient, UnansweredError } from '@shenpi/sdk/client'
import type { Static, TSchema } from '@sinclair/typebox'
import { readConfig } from '../config.ts'
import { inDataDir, readServerUrl } from '../data-dir/data-dir.ts'
import { parse } from '../http/contract.ts'
import { apiKeyPath, readApiKey } from '../keys/key-file.ts'

export interface RemoteOptions {
  json?: boolean
  url?: string
}

/**
 * The server that runs on the data directory, or the one that `--url` names, with the key that lies in the directory.
 *
 * @throws Error in a sentence when there is no key, or nobody answers.
 */
export async function connect({ url }: RemoteOptions): Promise<ApiCaller> {
  const { dataDir } = readConfig(process.env)
  const key = await readApiKey(dataDir)
  if (!key) throw new Error(`there is no API key at ${apiKeyPath(dataDir)}: start a server there, or set DATA_DIR`)
  const target = serverUrl({ url }, { dataDir })
  const client = createApiClient({ url: target, key })
  return {
    async call(endpoint, ...args) {
      try {
        return await client.call(endpoint, ...args)
      } catch (error) {
        throw error instanceof UnansweredError ? new Error(`no server answers at ${target}${why(error)}`) : error
      }
    },
  }
}

/** @throws Error in a sentence when none is named and none runs on the data directory */
export function serverUrl({ url }: RemoteOptions, { dataDir }: { dataDir: string }): string {
  const target = url ?? readServerUrl(dataDir)
  if (!target) throw new Error(`no server runs on ${dataDir}: start one with "shenpi serve", or name one with --url`)
  trustOwnAuthority(dataDir)
  return target
}

/** Why no answer came, if not because nothing listens: a certificate for another name, for example. */
function why({ reason }: UnansweredError): string {
  return reason.includes('ECONNREFUSED') ? '' : `: ${reason}`
}

/** A server with a certificate of `shenpi certs` is one that we know. */
export function trustOwnAuthority(dataDir: string): void {
  const path = join(inDataDir(dataDir).certificates, 'ca.pem')
  if (existsSync(path)) setDefaultCACertificates([...getCACertificates('default'), readFileSync(path, 'utf8')])
}

/** What was typed, as an endpoint takes it. @throws Problem in the words of the server for what does not fit. */
export function toArgument<S extends TSchema>(schema: S, typed: unknown): Promise<Static<S>> {
  return parse(schema, typed, 'request.malformed')
}

/** JSON for programs, and what `show` prints for people. */
export function answer<T>({ json }: RemoteOptions, value: T, show: (value: T) => void): void {
  if (json) console.log(JSON.stringify(value, null, 2))
  else show(value)
}
