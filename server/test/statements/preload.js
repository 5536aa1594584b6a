// For node --import: the process notes its statements in the folder that STATEMENTS_DIR names. A Node without TypeScript
// runs none of ours: npx of an older one starts the server by another.
if (process.env.STATEMENTS_DIR && process.features.typescript) await import('./record.ts')
