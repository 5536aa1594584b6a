import { Resolver } from 'node:dns/promises'

/** How long one nameserver has for its first answer, which doubles with each try, and how often it is asked. */
const FIRST_ANSWER_MS = 1000
const TRIES = 3
/** How long the second family of addresses is waited for once the first is there. Source: RFC 8305, section 3, doubled. */
const OTHER_FAMILY_MS = 100

/** Why a name has no address, with the code of `node:dns`. */
export class NoAddress extends Error {
  override readonly name = 'NoAddress'
  readonly code: string

  constructor(hostname: string, code: string) {
    super(`${hostname}: ${code}`)
    this.code = code
  }
}

/**
 * The addresses of a name, IPv4 first. One family suffices: the other may be missing, fail, or take long.
 *
 * Every call has a resolver of its own, as cancelling ends all that a resolver does; it also knows of nameservers that
 * have changed. Making one takes 60 µs.
 *
 * @param nameservers `address:port`, or undefined for the system's
 * @throws NoAddress, or the reason of `signal`
 */
export async function askNameservers(
  name: string,
  nameservers: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  signal.throwIfAborted()
  const resolver = new Resolver({ timeout: FIRST_ANSWER_MS, tries: TRIES })
  if (nameservers) resolver.setServers(nameservers)
  const cancel = () => resolver.cancel()
  let timer: NodeJS.Timeout | undefined
  const answered = (addresses: string[]) => {
    timer ??= setTimeout(cancel, OTHER_FAMILY_MS)
    return addresses
  }
  signal.addEventListener('abort', cancel)
  try {
    const families = [resolver.resolve4(name).then(answered), resolver.resolve6(name).then(answered)]
    const answers = await Promise.allSettled(families)
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length > 0) return addresses
    signal.throwIfAborted()
    throw new NoAddress(name, codeOf(answers))
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}

/** What is wrong with the name when both families failed: that there was no answer tells more than that one is missing. */
function codeOf(answers: PromiseSettledResult<string[]>[]): string {
  const codes = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason.code) : 'ENODATA'))
  return codes.find((code) => code !== 'ENODATA' && code !== 'ENOTFOUND') ?? codes[0] ?? 'ENODATA'
}
