/**
 * Node's HTTP without an import by name: an import reads everything that the module exports, also its WebSocket, and so
 * loads all of Node's undici. Types are imported as usual.
 */
export const http = process.getBuiltinModule('node:http')
