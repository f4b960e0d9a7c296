import { connect, createServer, type Socket } from 'node:net'
import { freePorts } from '../../local/port.ts'

/** What stands between the Worker and its database: a network that works, or fails in a way of its own. */
export type Weather =
  | 'fair'
  | 'refuses connections'
  | 'takes requests and stays silent'
  | 'cuts the connection before the database is asked'
  | 'loses the answer after the database has acted'
  | 'answers 500'
  | 'answers nonsense'
  | 'brings every answer 1.8 s late'
  | 'lets reads through and writes hang'
  | 'lets all through but reads on kept streams'

const LATE_MS = 1800
const EARLY_ANSWERS: Partial<Record<Weather, string>> = {
  'answers 500': 'HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n',
  'answers nonsense': 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ok>',
}

/** A relay in front of a database. */
export interface Relay {
  url: string
  /** Where it leads; nowhere at first. */
  target: string
  /** Turns the weather, and counts anew what hangs. */
  turn(weather: Weather): Promise<void>
  /** Number of connections on which something hangs that others do not meet. */
  held(): number
  close(): Promise<void>
}

/** Opens a relay that passes everything on, until the weather turns. */
export async function openRelay(): Promise<Relay> {
  const [port] = (await freePorts(1)) as [number]
  let weather: Weather = 'fair'
  let held = 0
  const sockets = new Set<Socket>()
  const stuck = new WeakSet<Socket>()
  /** Whether a connection hangs from now on: what comes after on it hangs as well. */
  const hangs = (client: Socket, begins: boolean): boolean => {
    if (begins && !stuck.has(client)) held++
    if (begins) stuck.add(client)
    return stuck.has(client)
  }
  const server = createServer(client => {
    const upstream = connect(Number(new URL(relay.target).port), '127.0.0.1')
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.on('data', bytes => {
      const early = EARLY_ANSWERS[weather]
      if (early !== undefined) client.end(early)
      else if (weather === 'cuts the connection before the database is asked') client.destroy()
      else if (weather === 'lets reads through and writes hang' && hangs(client, isWrite(bytes))) return
      else if (weather === 'lets all through but reads on kept streams' && hangs(client, isKeptRead(bytes)))
        return
      else if (weather !== 'takes requests and stays silent') upstream.write(bytes)
    })
    upstream.on('data', bytes => {
      if (weather === 'loses the answer after the database has acted') client.destroy()
      else if (weather === 'brings every answer 1.8 s late') setTimeout(() => pass(client, bytes), LATE_MS)
      else pass(client, bytes)
    })
  })
  const listen = () => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const relay: Relay = {
    url: `http://127.0.0.1:${port}`,
    target: '',
    held: () => held,
    async turn(next) {
      weather = next
      held = 0
      // A connection that stands is what a silence or a late answer meets; everything else begins with none.
      if (next === 'refuses connections') await relay.close()
      else if (!server.listening) await listen()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      if (server.listening) await new Promise(resolve => server.close(resolve))
    },
  }
  await listen()
  return relay
}

const isWrite = (bytes: Buffer): boolean => bytes.includes('BEGIN IMMEDIATE')

/** Only the lanes keep their streams, and the write lane's begin a transaction. */
const isKeptRead = (bytes: Buffer): boolean =>
  bytes.includes('POST /v3/pipeline') &&
  bytes.includes('"baton"') &&
  !isWrite(bytes) &&
  !bytes.includes('"type":"close"')

const pass = (to: Socket, bytes: Buffer): void => {
  if (to.writable) to.write(bytes)
}
