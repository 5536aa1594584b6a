import { api } from '@shenpi/sdk/contract/api'
import { readJsonFile } from './json-file.ts'
import { answer, connect, type RemoteOptions, toArgument } from './remote.ts'

export async function certificates(appid: string, options: RemoteOptions & { import?: string }): Promise<void> {
  const given = options.import === undefined ? undefined : await readJsonFile(options.import)
  const client = await connect(options)
  const params = { appid }
  const found = given
    ? await client.call(api.setMiniappCertificates, {
        params,
        body: await toArgument(api.setMiniappCertificates.body, given),
      })
    : await client.call(api.getMiniappCertificates, { params })
  answer(options, found, ({ category_info_list, brand_info }) => {
    for (const category of category_info_list) {
      const { first_category_name: first, second_category_name: second, certificate_url } = category
      console.log(`category   ${first} / ${second}: ${certificate_url.join(', ')}`)
    }
    if (brand_info) {
      const { brand_wording, sale_authorization, trademark_registration_certificate } = brand_info
      const documents = [...sale_authorization, ...trademark_registration_certificate]
      console.log(`brand      ${[`${brand_wording}:`, ...documents].join(' ')}`)
    }
    if (category_info_list.length === 0 && !brand_info) console.log('No document.')
  })
}
