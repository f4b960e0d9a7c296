import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'

const HOST = '127.0.0.1'

// Below those that a system gives to connections by itself: one of them would take a port between its choice and its use.
const FIRST = 10_240
const COUNT = 32_768 - FIRST
/**
 * Ports of a block. Whoever listens on its first owns the others until it ends. A port that two processes found free at the same moment
 * would else be given to both, and the one that came too late would take the other's server for its own.
 */
const BLOCK = 32
const BLOCKS = COUNT / BLOCK
/** The blocks owned here, by their first port. */
const claimed = new Set<number>()
/** Ports of the blocks owned here, in the order they are given out. */
const owned: number[] = []

/** Returns `count` free ports, each for whoever asks alone, in this process and in others. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = []
  for (let tries = 0; ports.length < count; tries++) {
    if (tries === COUNT) throw new Error('no port is free')
    if (owned.length === 0) owned.push(...(await claimBlock()))
    const port = owned.shift()
    if (port !== undefined && (await isFree(port))) ports.push(port)
  }
  return ports
}

/**
 * Returns a port for each name: the one that a file says it had before, where nobody has it, else a free one. `other` is none of them.
 */
export async function keptPorts<N extends string>(
  file: string,
  names: readonly N[],
  other: number,
): Promise<Record<N, number>> {
  const before = readPorts(file)
  const ports = {} as Record<N, number>
  for (const name of names) {
    const port = before[name]
    const isKept =
      port !== undefined && port !== other && (await claim(blockOf(port))) && (await isFree(port))
    ports[name] = isKept ? port : (await freePorts(1))[0]!
  }
  writeFileSync(file, JSON.stringify(ports))
  return ports
}

function readPorts(file: string): Record<string, number | undefined> {
  try {
    const ports: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Object.fromEntries(Object.entries(ports ?? {}).filter(([, port]) => Number.isSafeInteger(port)))
  } catch {
    // There is none, or it is no longer readable: any ports will do.
    return {}
  }
}

/** Claims a block for the life of this process; processes begin to look in different places. */
async function claimBlock(): Promise<number[]> {
  const start = Math.floor(Math.random() * BLOCKS)
  for (let i = 0; i < BLOCKS; i++) {
    const first = FIRST + ((start + i) % BLOCKS) * BLOCK
    if (!claimed.has(first) && (await claim(first)))
      return Array.from({ length: BLOCK - 1 }, (_, n) => first + 1 + n)
  }
  throw new Error('no port is free')
}

/** Claims the block that begins with a port, unless another process has it or a server is there. */
async function claim(first: number): Promise<boolean> {
  if (claimed.has(first)) return true
  try {
    ;(await listen(first)).unref()
  } catch {
    return false
  }
  claimed.add(first)
  return true
}

/** Returns the first port of a port's block. */
const blockOf = (port: number): number => port - ((port - FIRST) % BLOCK)

/** Whether nobody listens on a port. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port))
    return true
  } catch {
    return false
  }
}

const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(server))
  })

const close = (server: Server): Promise<void> => new Promise(resolve => server.close(() => resolve()))
