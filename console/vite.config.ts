import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** For `npm run dev -w console`: a server that runs already, and its key. Nothing of it is built in. */
const { SHENPI_URL = 'http://127.0.0.1:8080', SHENPI_API_KEY } = process.env

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    // Every file of its own has a name of its own and may be kept for ever; a data: URL the page's policy forbids.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '^/(api|p|mmbiz)/': {
        target: SHENPI_URL,
        ...(SHENPI_API_KEY && { headers: { authorization: `Bearer ${SHENPI_API_KEY}` } }),
      },
    },
  },
})
