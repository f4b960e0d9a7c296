import type { Call } from './schema.ts'

/** A call in one language, ready to run with the key in the environment as `FLOE_API_KEY`. */
export interface Example {
  language: 'curl' | 'Node' | 'Python'
  code: string
}

/** Returns a call with its example in each language, with a Floe at `origin`. */
export function examplesOf({ method, path, security, requestBody }: Call, origin: string): Example[] {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const call: Asked = {
    method,
    url: `${origin}${path}`,
    hasKey: security.length > 0,
    ...(media?.example !== undefined && { type, body: shown(media.example) }),
  }
  return [
    { language: 'curl', code: curlOf(call) },
    { language: 'Node', code: nodeOf(call) },
    { language: 'Python', code: pythonOf(call) },
  ]
}

/** Returns an example as it is written: text as it is, anything else as JSON. */
export const shown = (example: unknown): string =>
  (typeof example === 'string' ? example : JSON.stringify(example, null, 2)).trimEnd()

interface Asked {
  method: string
  url: string
  hasKey: boolean
  type?: string | undefined
  body?: string
}

const curlOf = ({ method, url, hasKey, type, body }: Asked): string =>
  [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${url}`,
    ...(hasKey ? ['-H "Authorization: Bearer $FLOE_API_KEY"'] : []),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: ${type}'`, `--data-binary '${body.replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ')

function nodeOf({ method, url, hasKey, type, body }: Asked): string {
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program.
    ...(hasKey ? ['Authorization: `Bearer ${process.env.FLOE_API_KEY}`'] : []),
    ...(body === undefined ? [] : [`'Content-Type': '${type}'`]),
  ]
  const options = [
    ...(method === 'GET' ? [] : [`method: '${method}'`]),
    ...(headers.length > 0 ? [`headers: { ${headers.join(', ')} }`] : []),
    ...(body === undefined
      ? []
      : [`body: ${type === 'application/json' ? `JSON.stringify(${indented(body)})` : quoted(body)}`]),
  ]
  const given = options.length > 0 ? `, {\n${options.map(option => `  ${option},\n`).join('')}}` : ''
  return `const answer = await fetch('${url}'${given})\nconsole.log(answer.status, await answer.text())`
}

function pythonOf({ method, url, hasKey, type, body }: Asked): string {
  const headers = [
    ...(hasKey ? [`'Authorization': 'Bearer ' + os.environ['FLOE_API_KEY']`] : []),
    ...(body === undefined ? [] : [`'Content-Type': '${type}'`]),
  ]
  const given = [
    `'${url}'`,
    `method='${method}'`,
    ...(headers.length > 0 ? [`headers={${headers.join(', ')}}`] : []),
    ...(body === undefined ? [] : [`data=r'''${body}'''.encode()`]),
  ]
  return `import os, urllib.error, urllib.request

request = urllib.request.Request(
${given.map(line => `    ${line},\n`).join('')})
try:
    with urllib.request.urlopen(request) as answer:
        print(answer.status, answer.read().decode())
except urllib.error.HTTPError as refusal:
    print(refusal.code, refusal.read().decode())`
}

const indented = (body: string): string => body.replaceAll('\n', '\n  ')
const quoted = (body: string): string => `\`${body.replaceAll(/[\\`$]/g, '\\$&')}\``
