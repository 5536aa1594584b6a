import type { Call } from '@shenpi/sdk/contract/call'
import { SANDBOX_ACCOUNT } from '../../sandbox/account.ts'
import { escaped } from '../member-table.ts'
import { requestExamples } from './openapi-examples.ts'

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

/** A form that makes a call, with its first example. */
export function tryBox(call: Call): string {
  const { path, methods, body, upload, authorized } = call
  const [example] = Object.values(requestExamples(call))
  const request = JSON.stringify(example?.value ?? {}, null, 2)
  const rows = Math.min(16, request.split('\n').length + 1)
  const where = upload?.arguments ?? (body === 'query' || body === 'none' ? body : 'json')
  const fields =
    body === 'none'
      ? ''
      : `<label>${where === 'json' ? 'body' : `arguments, in the ${where}`} <textarea name="request" rows="${rows}" spellcheck="false">${escaped(request)}</textarea></label>`
  const file = upload?.part ? `<label>file <input type="file" name="file" data-part="${upload.part}"></label>` : ''
  return `<form hidden data-path="${path}" data-method="${methods[0]}" data-where="${where}"${authorized ? ' data-authorized' : ''}>
${fields}${file}<button>Send</button>
<pre role="status" tabindex="0"></pre>
</form>`
}
