/** The two servers of bench/hook.ts, one process each: the service as it runs, or bare Express. */
import express from 'express'
import { loadPublished } from '../src/published.ts'
import { createApp, listen } from '../src/server.ts'
import { NOW } from './patients.ts'

if (process.argv[2] === 'apatite') {
  const now = new Date(NOW)
  const { url } = await listen(createApp({ knowledge: loadPublished(), now: () => now }), '127.0.0.1', 0)
  process.send?.({ port: Number(new URL(url).port) })
} else {
  const answer = await new Promise<string>((resolve) => {
    process.once('message', (message) => resolve((message as { answer: string }).answer))
  })
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.post('/cds-services/mineral-review', express.json({ limit: '5mb' }), (_request, response) => {
    response.type('application/json').send(answer)
  })
  const { url } = await listen(app, '127.0.0.1', 0)
  process.send?.({ port: Number(new URL(url).port) })
}

process.on('message', (message) => {
  if (message !== 'memory') return
  globalThis.gc?.()
  process.send?.({ memory: process.memoryUsage().heapUsed })
})
