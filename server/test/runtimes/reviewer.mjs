// Plain JavaScript, which every runtime of the SDK runs as it is, a browser too: a reviewer who decides the most urgent
// application, and then tries what must be refused.

/** @param sdk what `@shenpi/sdk/client` exports */
export async function review({ createApiClient, ApiProblem }, { url, key }) {
  const client = createApiClient({ url, key })
  const refusal = (call) =>
    call.then(
      () => 'it was not refused',
      (error) => (error instanceof ApiProblem ? { status: error.status, code: error.code } : `${error}`),
    )
  const { items } = await client.listApplications({ query: { state: 'under_review' } })
  const [{ id }] = items
  const params = { id }
  const before = await client.getApplication({ params })
  const asHttp = await fetch(`${url}/api/v1/applications/${id}`, { headers: { authorization: `Bearer ${key}` } })
  const { version } = before
  const body = { move: 'approve' }
  const stale = await refusal(client.decideApplication({ params, version: version - 1, body }))
  const after = await client.decideApplication({ params, version, body })
  return {
    listed: items.length,
    before: { state: before.state, isEtag: asHttp.headers.get('etag') === `"${version}"` },
    stale,
    after: { state: after.state, changes: after.version - version },
    again: (await client.getApplication({ params })).state,
    late: await refusal(client.decideApplication({ params, version, body: { move: 'reject', reason: 'too late' } })),
    unknown: await refusal(client.getApplication({ params: { id: '9-9' } })),
    withoutKey: await refusal(createApiClient({ url, key: 'x' }).listAccounts()),
  }
}
