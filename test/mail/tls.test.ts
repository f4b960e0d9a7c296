import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { generate } from 'selfsigned'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSmtp, openTestMailer, type TestMailer } from '../support/mailer.ts'

const LOGIN = 'floe%40north.example:p%40ss%2Fw%C3%B6rd'

let mailer: TestMailer
let dir: string
let trusted: { key: string; cert: string }
let stranger: { key: string; cert: string }
beforeAll(async () => {
  dir = await mkdtemp(`${tmpdir()}/floe-tls-`)
  ;[trusted, stranger] = await Promise.all([certificate(), certificate()])
  await writeFile(`${dir}/trusted.pem`, trusted.cert)
  mailer = await openTestMailer(`${dir}/trusted.pem`)
})
afterAll(async () => {
  await mailer.close()
  await rm(dir, { recursive: true })
})

async function certificate(): Promise<{ key: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  return { key, cert }
}

/** Sends one mail to a server that logs in whom it knows, and returns what became of it and which logins it heard. */
async function sendTo(url: (port: number) => string, manners: SMTPServerOptions) {
  const heard: string[] = []
  const server = await openSmtp({
    hideSTARTTLS: false,
    // As a careless server would: the client alone must see to it that no password goes in plain.
    allowInsecureAuth: true,
    onAuth({ method, username, password }, session, done) {
      heard.push(`${method} ${username} ${password} ${session.secure ? 'under TLS' : 'in plain'}`)
      done(null, { user: 'floe' })
    },
    ...manners,
  })
  try {
    return { delivery: await mailer.send(url(server.port)), heard }
  } finally {
    await server.close()
  }
}

const submission = (port: number) => `smtp://${LOGIN}@localhost:${port}`
const smtps = (port: number) => `smtps://${LOGIN}@localhost:${port}`
const connection = { outcome: 'failed', code: 'smtp.connection' }

describe('under TLS', () => {
  test.each([['PLAIN'], ['LOGIN']])('a mail goes out after STARTTLS and a login by %s', async method => {
    expect(await sendTo(submission, { ...trusted, authMethods: [method] })).toEqual({
      delivery: { outcome: 'sent' },
      heard: [`${method} floe@north.example p@ss/wörd under TLS`],
    })
  })

  test('and on a connection that is TLS from its first byte', async () => {
    expect(await sendTo(smtps, { ...trusted, secure: true })).toEqual({
      delivery: { outcome: 'sent' },
      heard: ['PLAIN floe@north.example p@ss/wörd under TLS'],
    })
  })

  test('a refused login is our affair, and no refusal of the recipient', async () => {
    const { delivery } = await sendTo(submission, {
      ...trusted,
      onAuth: (_auth, _session, done) => done(null, {}),
    })
    expect(delivery).toEqual({ outcome: 'failed', code: 'smtp.535' })
  })
})

describe('nobody in between learns the password or the address', () => {
  test('when STARTTLS was taken out of the offer', async () => {
    expect(await sendTo(submission, { ...trusted, hideSTARTTLS: true })).toEqual({
      delivery: { outcome: 'failed', code: 'smtp.no_tls' },
      heard: [],
    })
  })

  test('when STARTTLS is offered with a certificate nobody vouches for', async () => {
    expect(await sendTo(submission, stranger)).toEqual({ delivery: connection, heard: [] })
  })

  test('when the certificate is for another host', async () => {
    const byNumber = (port: number) => submission(port).replace('localhost', '127.0.0.1')
    expect(await sendTo(byNumber, trusted)).toEqual({ delivery: connection, heard: [] })
  })

  test('when a server that ought to speak TLS speaks plain', async () => {
    const { delivery, heard } = await sendTo(smtps, trusted)
    expect(delivery.outcome).toBe('failed')
    expect(heard).toEqual([])
  })
})
