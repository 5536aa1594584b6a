/** What happens in each named fault of the sandbox, and what a good client or receiver does then. */
export const scenarios: Readonly<Record<string, { happens: string; handled: string }>> = {
  'answer-lost': {
    happens: '更改已经生效，但连接在答复之前断开。',
    handled: '先查询结果，再决定是否重发；已经提交的申请不会提交两次。',
  },
  'answer-broken-off': {
    happens: '更改已经生效，但答复传到一半连接断开。',
    handled: '答复不完整就当作没有答复，再查询这次调用的结果。',
  },
  'answer-truncated': {
    happens: '答复只有一半 JSON，但长度与之相符。',
    handled: '读不出答复时，当作没有收到答复，而不是被拒绝，也不会崩溃。',
  },
  'answer-late': {
    happens: '更改已经生效，但十秒之后才答复。',
    handled: '按自己的超时放弃等待，再查询这次调用的结果。',
  },
  'answer-slow': {
    happens: '答复来得很慢，每秒二十字节。',
    handled: '超时按整个答复计算，而不是按两个字节之间的间隔。',
  },
  busy: {
    happens: '有三次调用在任何检查之前就被拒绝，返回 -1（系统繁忙）。',
    handled: '稍等再重发，等待时间逐次加长。',
  },
  'busy-undone': {
    happens: '调用经过检查并执行，随后全部撤销，返回 -1。',
    handled: '重发即可，不会重复生效。',
  },
  'busy-but-done': {
    happens: '更改已经生效，却仍然返回 -1。',
    handled: '把 -1 当作“不一定失败”：先查询结果，再决定是否重发。',
  },
  'bad-gateway': {
    happens: '有三次调用得到 HTTP 502 和一个 HTML 页面，像是代理返回的。',
    handled: '先看状态码，再解析 JSON；稍等后重发。',
  },
  'no-connection': {
    happens: '有三次连接在任何检查之前就被关闭。',
    handled: '什么也没有发生，可以重发，但不会无休止地重发。',
  },
  flaky: {
    happens: '每十次调用约有一次返回 -1。',
    handled: '一连串调用最终都能成功，只是其中一些发了两次。',
  },
  'slow-network': {
    happens: '调用需要 300 ms，半数更快，十次中有一次超过 800 ms。',
    handled: '并行调用，超时留出最慢时的余量。',
  },
  'token-expired': {
    happens: '令牌未到期就被当作过期而拒绝。',
    handled: '即使许多调用同时失败，也只获取一个新令牌，然后重发。',
  },
  'token-replaced': {
    happens: '令牌被当作不是最新的而拒绝，好像另一个进程取了新的。',
    handled: '先读取各进程共用的令牌，仍不可用时才重新获取，然后重发。',
  },
  'no-tokens': {
    happens: '有三次取不到令牌。',
    handled: '手上的令牌有效时继续使用，稍后再取。',
  },
  'quota-reached': {
    happens: '所有调用都被拒绝，因为当天的次数已用完。',
    handled: '停到第二天（UTC+8）再继续，并通知相关人员；不会立即重试。',
  },
  'too-fast': {
    happens: '有十次调用被拒绝，因为一分钟之内调用太多。',
    handled: '放慢调用，下一分钟再继续。',
  },
  'callback-twice': {
    happens: '回调的确认丢失，同一条消息立即再次送来。',
    handled: '按发送者和时间认出这条消息，再次确认，但只处理一次。',
  },
  'callback-out-of-order': {
    happens: '一条回调被扣住，等后面的一条先发出，最多一分钟。',
    handled: '以 CreateTime 和查询到的结果为准，不依赖消息到达的顺序。',
  },
  'callback-late': {
    happens: '回调按账号时间迟到一小时。',
    handled: '平时也不时查询状态；收到已经知道的结果时照常处理。',
  },
  'callback-lost': {
    happens: '回调的一次投递在途中丢失，五秒后再次投递。',
    handled: '无需处理，等待即可。',
  },
  'callback-forged': {
    happens: '回调用另一个令牌签名。',
    handled: '拒绝这条消息，不予处理；随后到来的正确消息照常接受。',
  },
  'callback-wrong-key': {
    happens: '回调用没有人持有的密钥加密，签名却是对的。',
    handled: '返回错误而不是 success，让消息重新送来。',
  },
  'callback-old-key': {
    happens: '更换密钥之后，回调仍用原来的密钥加密。',
    handled: '更换后的一段时间内，也尝试用原来的密钥解密，平台要求这样做。',
  },
  'callback-stale': {
    happens: '回调的签名用了一小时以前的时间戳，好像是录下来重放的。',
    handled: '检查时间戳的接收方会拒绝它；随后到来的正确消息照常接受。',
  },
  'callback-truncated': {
    happens: '回调的内容只到了一半。',
    handled: '返回错误而不是 success，让消息重新送来。',
  },
}
