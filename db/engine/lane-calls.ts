import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { Lease } from '../../core/write/lease.ts'
import type { LogPosition } from '../../core/write/log-position.ts'
import type { ReadOutcome, ReadRequest } from '../../core/write/read-request.ts'
import type { ReplicaGap, ReplicaPosition } from '../../core/write/replica-gap.ts'
import type { WriteOutcome, WriteRequest } from '../../core/write/request.ts'
import type { Endpoint } from './hrana.ts'

/** The write lane, as an isolate calls it. Whatever it throws means that it could not be asked. */
export interface LaneCalls extends RouterPorts {
  commit(posting: WriteRequest): Promise<WriteOutcome>
  status(): Promise<LaneStatus>
}

/** A call to the read lane. Whatever it throws means that it could not be asked. */
export type ReadLaneCall = (request: ReadRequest) => Promise<ReadOutcome>

/** Parts that a database is opened with. Replicas are listed nearest first. */
export interface DatabaseOptions {
  primary: Endpoint
  replicas: Endpoint[]
  lane: LaneCalls
  /** Left out where there is none: then fresh reads ask the primary themselves. */
  readLane?: ReadLaneCall | undefined
  clock: () => number
  /** Told when the read lane is given up for a while. */
  log?: (event: 'read_lane.away', error: Error) => void
  background(work: Promise<unknown>): void
}

/** Calls to the write lane that reading needs. */
export interface RouterPorts {
  lease(): Promise<Lease>
  since(mark: LogPosition, known: ReplicaPosition): Promise<ReplicaGap | undefined>
}
