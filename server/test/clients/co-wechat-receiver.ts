import coWechat from 'co-wechat'
import Koa from 'koa'
import { listen } from '../listener.ts'

/** A merchant's server that is nothing but Koa and co-wechat. */
export interface CoWechatReceiver extends AsyncDisposable {
  url: string
  token: string
  encodingAesKey: string
  /** Every request that was answered: its method and the status. */
  requests: string[]
  /** What the handler was told. */
  // biome-ignore lint/suspicious/noExplicitAny: messages of any shape
  messages: any[]
  /** What the handler says to the next ones; at first nothing. */
  reply: unknown
}

const TOKEN = 'ReceiverToken'
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

export async function startCoWechat(appid: string): Promise<CoWechatReceiver> {
  const wechat = coWechat({ token: TOKEN, appid, encodingAESKey: AES_KEY }).middleware(async (message) => {
    receiver.messages.push(message)
    return receiver.reply
  })
  const app = new Koa()
  app.silent = true
  app.use(async (ctx, next) => {
    await next()
    receiver.requests.push(`${ctx.method} ${ctx.status}`)
  })
  app.use(wechat)
  const listener = await listen(app.callback())
  const receiver: CoWechatReceiver = {
    url: `http://127.0.0.1:${listener.port}/wechat`,
    token: TOKEN,
    encodingAesKey: AES_KEY,
    requests: [],
    messages: [],
    reply: '',
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
  return receiver
}
