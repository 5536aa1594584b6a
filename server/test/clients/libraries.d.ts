// Types of what the tests use of libraries without types.

declare module 'wechat-api' {
  namespace WechatApi {
    interface Failure extends Error {
      /** The wire's errcode. */
      code?: number
    }
    interface Token {
      accessToken: string
      /** Epoch milliseconds. */
      expireTime: number
    }
    type Callback<T> = (error: Failure | null, answer?: T) => void
  }
  class WechatApi {
    constructor(
      appid: string,
      secret: string,
      getToken?: (done: WechatApi.Callback<WechatApi.Token>) => void,
      saveToken?: (token: WechatApi.Token, done: WechatApi.Callback<void>) => void,
    )
    endpoint: string
    fileServerPrefix: string
    setEndpoint(host: string): void
    // biome-ignore lint/suspicious/noExplicitAny: its calls, each with a callback behind its arguments
    [call: string]: any
  }
  export = WechatApi
}

declare module 'co-wechat-api' {
  namespace CoWechatApi {
    interface Token {
      accessToken: string
      /** Epoch milliseconds. */
      expireTime: number
    }
  }
  class CoWechatApi {
    constructor(
      appid: string,
      secret: string,
      getToken?: () => Promise<CoWechatApi.Token | null>,
      saveToken?: (token: CoWechatApi.Token | null) => Promise<void>,
      tokenFromCustom?: boolean,
    )
    prefix: string
    fileServerPrefix: string
    setOpts(options: Record<string, unknown>): void
    // biome-ignore lint/suspicious/noExplicitAny: its calls
    [call: string]: any
  }
  export = CoWechatApi
}

declare module 'wechat-crypto' {
  class WechatCrypto {
    constructor(token: string, encodingAesKey: string, appid: string)
    getSignature(timestamp: string, nonce: string, encrypted: string): string
    decrypt(encrypted: string): { message: string; id: string }
    encrypt(message: string): string
  }
  export = WechatCrypto
}

declare module 'co-wechat' {
  /** The part of Koa's that the tests use. */
  interface Context {
    method: string
    query: Record<string, string>
    body: unknown
    /** The raw body. */
    weixin_xml: string
  }
  interface Receiver {
    middleware(
      // biome-ignore lint/suspicious/noExplicitAny: messages of any shape, and replies of any
      handle: (message: any, ctx: Context) => Promise<any>,
    ): (ctx: Context, next: () => Promise<void>) => Promise<void>
  }
  function coWechat(config: { token: string; appid: string; encodingAESKey?: string }): Receiver
  export = coWechat
}

declare module 'koa' {
  import type { RequestListener } from 'node:http'

  class Koa {
    /** Write no errors to stderr. */
    silent: boolean
    // biome-ignore lint/suspicious/noExplicitAny: middleware for any context
    use(middleware: (ctx: any, next: () => Promise<void>) => Promise<void>): this
    callback(): RequestListener
  }
  export = Koa
}
