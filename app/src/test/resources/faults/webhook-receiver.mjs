// A webhook receiver that verifies every message with the reference library, and answers half of them with 500.
// Prints its port. PUT /secret/N says what signs the messages to /hook/N; GET /report tells what came.
import { createServer } from 'node:http'
import { Webhook } from 'standardwebhooks'

let seed = Number(process.argv[2])
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const verifiers = new Map()
const messages = new Map()
const counts = { requests: 0, early: 0, refused: 0, rejected: 0, accepted: 0 }

function take(path, body, headers) {
  counts.requests++
  const verifier = verifiers.get(path)
  if (!verifier) {
    counts.early++
    return 503
  }
  let event
  try {
    event = verifier.verify(body, headers)
  } catch (e) {
    counts.rejected++
    return 401
  }
  const id = headers['webhook-id']
  const seen = messages.get(id) ?? { id, bodies: [], accepted: 0 }
  if (!seen.bodies.includes(body)) seen.bodies.push(body)
  messages.set(id, { ...seen, type: event.type, batch: event.data.requestId, sequence: event.data.sequence })
  if (random() < 0.5) {
    counts.refused++
    return 500
  }
  counts.accepted++
  messages.get(id).accepted++
  return 204
}

const report = () => ({
  ...counts,
  messages: [...messages.values()].map(({ bodies, ...rest }) => ({ ...rest, differentBodies: bodies.length })),
})

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    const path = request.url.split('/')
    if (path[1] === 'secret') {
      verifiers.set(path[2], new Webhook(body))
      response.writeHead(204).end()
    } else if (path[1] === 'report') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(report()))
    } else {
      const status = take(path[2], body, request.headers)
      setTimeout(() => response.writeHead(status).end(), random() * 40)
    }
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
