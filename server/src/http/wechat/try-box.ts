import type { Call } from '@shenpi/sdk/contract/call'
import { SANDBOX_ACCOUNT } from '../../sandbox/account.ts'
import { escaped } from '../member-table.ts'
import { inParts, requestExamples } from './openapi-examples.ts'

// The HTML that try-calls.js brings to life. Without scripts it is not shown.

/** Whose calls are made: at first the sandbox's own account, which is public. */
export function credentialsBox(): string {
  const { appid, secret } = SANDBOX_ACCOUNT
  return `<section id="try" hidden>
<h2>Try it</h2>
<p>This is a sandbox: every call below can be made from this page, and does what it says.</p>
<form data-credentials>
<label>appid <input name="appid" value="${appid}" autocomplete="off" spellcheck="false"></label>
<label>secret <input name="secret" value="${secret}" autocomplete="off" spellcheck="false"></label>
<button>Get an access token</button>
<label>access token <input name="token" autocomplete="off" spellcheck="false"></label>
<pre role="status" tabindex="0"></pre>
</form>
</section>`
}

const OWN: ReadonlyMap<string, string> = new Map([
  ['appid', SANDBOX_ACCOUNT.appid],
  ['secret', SANDBOX_ACCOUNT.secret],
  ['appsecret', SANDBOX_ACCOUNT.secret],
])

/** A request of a caller who says who it is, as of the sandbox's own account: that of its cases is in no sandbox. */
const ownOf = (request: unknown): object =>
  Object.fromEntries(Object.entries(Object(request)).map(([name, value]) => [name, OWN.get(name) ?? value]))

function textArea(name: string, label: string, value: unknown): string {
  const text = JSON.stringify(value, null, 2)
  const rows = Math.min(16, text.split('\n').length + 1)
  return `<label>${label} <textarea name="${name}" rows="${rows}" spellcheck="false">${escaped(text)}</textarea></label>`
}

/** A form that makes a call, with its first example. */
export function tryBox(call: Call): string {
  const { path, methods, body, upload, authorized, queried } = call
  const [example] = Object.values(requestExamples(call))
  const { query, body: request } = inParts(call, authorized ? (example?.value ?? {}) : ownOf(example?.value))
  const where = upload?.arguments ?? (body === 'query' || body === 'none' ? body : 'json')
  const fields = [
    ...(queried ? [textArea('query', 'arguments, in the query', query)] : []),
    ...(body === 'none'
      ? []
      : [textArea('request', where === 'json' ? 'body' : `arguments, in the ${where}`, request)]),
  ].join('')
  const file = upload?.part ? `<label>file <input type="file" name="file" data-part="${upload.part}"></label>` : ''
  return `<form hidden data-path="${path}" data-method="${methods[0]}" data-where="${where}"${authorized ? ' data-authorized' : ''}>
${fields}${file}<button>Send</button>
<pre role="status" tabindex="0"></pre>
</form>`
}
