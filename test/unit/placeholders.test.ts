import { expect, test } from 'vitest'
import { deployedBy, varsOf } from '../../local/deploy.ts'
import { demandOwnNames, placeholdersIn } from '../../local/placeholders.ts'

test('the settings as they come are not deployed: each that names an example is named', () => {
  const vars = deployedBy(undefined).map(worker => varsOf(worker, 'unknown'))
  expect(() => demandOwnNames(Object.assign({}, ...vars))).toThrow(
    'BASE_URL, DATABASE_URL, MAIL_FROM, SECURITY_CONTACT are still an example',
  )
  const [lane] = deployedBy('lane')
  expect(() => demandOwnNames(varsOf(lane!, 'unknown'))).toThrow('DATABASE_URL is still an example')
})

test.for([
  'https://example.com',
  'https://floe.example.org:8443',
  'mailto:security@EXAMPLE.net',
  '[{"number":1,"primary":"https://db.example.com"}]',
])('%s is an example', value => {
  expect(placeholdersIn({ OWN: 'https://mail.north.co', NAMED: value })).toEqual(['NAMED'])
})

test.for(['https://my-example.com', 'https://example.com.au', 'confirm@north.co', '60000', ''])(
  '%s is somebody’s own',
  value => {
    expect(placeholdersIn({ NAMED: value })).toEqual([])
  },
)
