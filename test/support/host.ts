import { request } from 'node:http'

/** Calls a Worker under another host name, as a request to a custom domain arrives. */
export function askHost(
  url: string,
  host: string,
  path: string,
  { method = 'GET', accept = '*/*' } = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: new URL(url).port, path, method, headers: { host, accept } },
      async answer => {
        let text = ''
        for await (const chunk of answer) text += chunk
        resolve({ status: answer.statusCode ?? 0, text })
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
