// Makes the calls of the wire's reference in a sandbox. It stands in the page itself, whose policy knows it by its hash.
const credentials = document.querySelector('form[data-credentials]')

for (const element of document.querySelectorAll('#try, form[data-path]')) element.hidden = false

credentials.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { appid, secret, token } = credentials.elements
  const request = { grant_type: 'client_credential', appid: appid.value, secret: secret.value }
  const answer = await show(credentials, '/cgi-bin/stable_token', { method: 'POST', body: JSON.stringify(request) })
  token.value = answer?.access_token ?? ''
  credentials.dispatchEvent(new Event('answered'))
})

for (const form of document.querySelectorAll('form[data-path]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const { path, method, where } = form.dataset
    const queried = membersOf(form, form.elements.query?.value)
    if (!queried) return
    const query = new URLSearchParams(queried)
    if ('authorized' in form.dataset) {
      const token = await tokenOf()
      if (token === '') return tell(form, 'No access token: why, stands where it is asked for.')
      query.set('access_token', token)
    }
    const text = form.elements.request?.value ?? ''
    const init = { method }
    if (where === 'json') init.body = text
    else if (where === 'query' || where === 'form') {
      const members = membersOf(form, text)
      if (!members) return
      if (where === 'query') for (const [name, value] of members) query.set(name, value)
      init.body = method === 'GET' ? undefined : toForm(form, where === 'form' ? members : [])
    }
    await show(form, query.size > 0 ? `${path}?${query}` : path, init)
  })
}

// A token is one account's.
for (const name of ['appid', 'secret']) {
  credentials.elements[name].addEventListener('input', () => {
    credentials.elements.token.value = ''
  })
}

/** The token that is written there, or a new one; empty where none is given. */
async function tokenOf() {
  const { token } = credentials.elements
  if (token.value === '') {
    credentials.requestSubmit()
    await new Promise((resolve) => credentials.addEventListener('answered', resolve, { once: true }))
  }
  return token.value
}

/** Arguments that are no JSON are told at the form. */
function membersOf(form, text) {
  try {
    return Object.entries(JSON.parse(text || '{}')).map(([name, value]) => [name, String(value)])
  } catch (error) {
    return tell(form, `This is no JSON: ${error.message}`)
  }
}

function tell(form, words) {
  form.querySelector('pre').textContent = words
}

function toForm(form, members) {
  const data = new FormData()
  for (const [name, value] of members) data.set(name, value)
  const input = form.elements.file
  if (input?.files[0]) data.set(input.dataset.part, input.files[0])
  return data
}

/** Make a call and show what came; answers its JSON. */
async function show(form, target, init) {
  const output = form.querySelector('pre')
  const button = form.querySelector('button')
  const began = performance.now()
  button.disabled = true
  output.textContent = '…'
  try {
    const response = await fetch(target, { ...init, cache: 'no-store' })
    const text = await response.text()
    const answer = toJson(text)
    const shown = answer === undefined ? text : JSON.stringify(answer, null, 2)
    output.textContent = `HTTP ${response.status}, ${Math.round(performance.now() - began)} ms\n${shown}`
    return answer
  } catch (error) {
    output.textContent = `No answer: ${error.message}`
    return undefined
  } finally {
    button.disabled = false
  }
}

function toJson(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
