import { describe, expect, test } from 'vitest'
import { parseMailUrl } from '../../worker/mail/setting.ts'

const login = { user: 'floe', password: 's3cret' }

describe('what MAIL_URL can name', () => {
  test.each([
    ['none:', { kind: 'none' }],
    ['smtp://mail.example', { kind: 'smtp', host: 'mail.example', port: 587, security: 'starttls' }],
    ['smtp://mail.example:2525', { kind: 'smtp', host: 'mail.example', port: 2525, security: 'starttls' }],
    ['smtp://Mail.Example', { kind: 'smtp', host: 'mail.example', port: 587, security: 'starttls' }],
    ['smtps://mail.example', { kind: 'smtp', host: 'mail.example', port: 465, security: 'tls' }],
    [
      'smtps://floe:s3cret@mail.example',
      { kind: 'smtp', host: 'mail.example', port: 465, security: 'tls', login },
    ],
    [
      'smtp://floe%40north.example:p%40ss%2Fw%C3%B6rd@mail.example',
      {
        kind: 'smtp',
        host: 'mail.example',
        port: 587,
        security: 'starttls',
        login: { user: 'floe@north.example', password: 'p@ss/wörd' },
      },
    ],
    ['postmark://AbC-123', { kind: 'postmark', url: 'https://api.postmarkapp.com/email', token: 'AbC-123' }],
    ['postmark://t@127.0.0.1:99', { kind: 'postmark', url: 'http://127.0.0.1:99/email', token: 't' }],
    [
      'mailgun://key-1@api.mailgun.net/mg.north.example',
      { kind: 'mailgun', url: 'https://api.mailgun.net/v3/mg.north.example/messages', key: 'key-1' },
    ],
    [
      'mailgun://k@api.eu.mailgun.net/north.example',
      { kind: 'mailgun', url: 'https://api.eu.mailgun.net/v3/north.example/messages', key: 'k' },
    ],
  ])('%s', (text, setting) => {
    expect(parseMailUrl(text)).toEqual(setting)
  })
})

test.each([
  ['smtp://127.0.0.1:1025', 'plain'],
  ['smtp://localhost', 'plain'],
  ['smtp://[::1]:25', 'plain'],
  ['smtp://floe:s3cret@127.0.0.1:1025', 'starttls'],
  ['smtp://10.0.0.9', 'starttls'],
  ['smtp://localhost.example', 'starttls'],
])('mail goes in plain within this machine alone, and a password never does: %s', (text, security) => {
  expect(parseMailUrl(text)).toMatchObject({ security })
})

test.each([
  ['nothing', ''],
  ['another scheme', 'https://mail.example'],
  ['no scheme', 'mail.example:587'],
  ['no host', 'smtp://'],
  ['a port that is none', 'smtp://mail.example:99999'],
  ['a user without a password', 'smtp://floe@mail.example'],
  ['a password without a user', 'smtp://:s3cret@mail.example'],
  ['a path', 'smtp://mail.example/inbox'],
  ['a query', 'smtp://mail.example?tls=off'],
  ['a fragment', 'smtp://mail.example#1'],
  ['a percent sign that encodes nothing', 'smtp://floe:%zz@mail.example'],
  ['a host with a space', 'smtp://mail%20server'],
  ['a token sent elsewhere', 'postmark://token@collector.example'],
  ['a Postmark password', 'postmark://token:x@127.0.0.1:99'],
  ['a Postmark path', 'postmark://token/email'],
  ['a Mailgun key sent elsewhere', 'mailgun://key@collector.example/north.example'],
  ['a Mailgun without a key', 'mailgun://api.mailgun.net/north.example'],
  ['a Mailgun without a domain', 'mailgun://key@api.mailgun.net'],
  ['a Mailgun domain that leads elsewhere', 'mailgun://key@api.mailgun.net/../v4/keys'],
  ['a Mailgun port of another’s', 'mailgun://key@api.mailgun.net:8443/north.example'],
])('%s is not a way out for mail', (_, text) => {
  expect(parseMailUrl(text)).toBeUndefined()
})
