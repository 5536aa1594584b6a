import { readConfig } from '../config.ts'
import { inDataDir } from '../data-dir/data-dir.ts'
import { ensureCertificates } from '../sandbox/certificates.ts'
import { systemClock } from '../time/clock.ts'

/** @throws Error in production, where no client should trust a borrowed name */
export async function makeCertificates({ host = [], json }: { host?: string[]; json?: boolean }): Promise<void> {
  const { mode, dataDir } = readConfig(process.env)
  if (mode !== 'sandbox') throw new Error('certs is for the sandbox (MODE=sandbox); production has a name of its own')
  const made = await ensureCertificates(inDataDir(dataDir).certificates, host, systemClock.installation())
  if (json) {
    console.log(JSON.stringify(made, null, 2))
    return
  }
  const { ca, cert, key, hosts, endsAt, kept } = made
  console.log(`CA            ${ca} (${kept.authority ? 'kept' : 'new'})
certificate   ${cert} (${kept.certificate ? 'kept' : 'new'}), until ${endsAt.toISOString().slice(0, 10)}
hosts         ${hosts.join(', ')}

Serve with it       TLS_CERT=${cert} TLS_KEY=${key} PORT=443 PUBLIC_URL=https://${hosts[0]} shenpi serve
Lead clients here   127.0.0.1 ${hosts[0]}   (a line of /etc/hosts)
Let them trust it   Node     NODE_EXTRA_CA_CERTS=${ca}
                    curl     --cacert ${ca}
                    Python   REQUESTS_CA_BUNDLE=${ca}
                    PHP      php -d curl.cainfo=${ca} -d openssl.cafile=${ca} …
                    Go       SSL_CERT_FILE=${ca}
                    Java     keytool -importcert -noprompt -alias shenpi -file ${ca} -keystore trust.p12 -storepass changeit
                             java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit …
Keep the keys to yourself: whoever has ${ca.replace(/pem$/, 'key')} can pose as any host before such a client.
More in docs/tls.md.`)
}
