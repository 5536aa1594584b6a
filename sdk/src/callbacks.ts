// For a merchant's server. It stands beside the clients, as it needs node:crypto and a browser has no use for it.
export * from './callbacks/message-crypto.ts'
export * from './callbacks/read-push.ts'
export * from './callbacks/signature.ts'
