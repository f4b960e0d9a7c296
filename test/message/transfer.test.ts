import { expect, test } from 'vitest'
import { bytesOf } from '../../worker/message/transfer.ts'

test('a last line of quoted-printable that is to be continued ends there, its equals sign is no letter', () => {
  expect(bytesOf('Hello =\r\nAda=', 'quoted-printable')).toBe('Hello Ada')
  expect(bytesOf('Hello Ada=3D', 'quoted-printable')).toBe('Hello Ada=')
})
