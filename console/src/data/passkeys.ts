import { client, queryClient } from './client.ts'
import { passkeysQuery } from './own-account.ts'

/** Have the browser make a passkey, and add it. */
export async function addPasskey(label: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const { challenge, options } = await client.beginPasskey()
  const credential = await startRegistration({
    optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
  })
  await client.addPasskey({ body: { challenge, credential, label } })
  await queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey })
}

export async function removePasskey(id: string): Promise<void> {
  await client.removePasskey({ params: { id } })
  await queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey })
}
