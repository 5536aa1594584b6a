/**
 * Node's HTTP, which nobody imports by name: an import reads whatever the module exports, its WebSocket too, and so loads
 * all of Node's own undici. Types are imported as ever.
 */
export const http = process.getBuiltinModule('node:http')
