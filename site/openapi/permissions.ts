import { DEFAULT_PERMISSIONS, PERMISSIONS, type Permission, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import type { Documented } from '../../worker/call/operation.ts'

/** What a permission opens, and how a key comes to have it. */
export interface PermissionRow {
  permission: Permission
  /** The calls that need it, by id and summary. */
  opens: { id: string; summary: string }[]
  given: 'by default' | 'when it is named' | 'when it is named, at first by an operator'
}

/** Returns every permission with the calls that need it. */
export const permissionRows = (operations: readonly Documented[]): PermissionRow[] =>
  PERMISSIONS.map(permission => ({
    permission,
    opens: operations
      .map(({ operation, documentation }) => ({ operation, ...documentation() }))
      .filter(({ operation, further = [] }) => [operation.permission, ...further].includes(permission))
      .map(({ operation: { id }, summary }) => ({ id, summary })),
    given: givenTo(permission),
  }))

function givenTo(permission: Permission): PermissionRow['given'] {
  if (DEFAULT_PERMISSIONS.includes(permission)) return 'by default'
  return SENDER_PERMISSIONS.includes(permission)
    ? 'when it is named'
    : 'when it is named, at first by an operator'
}
