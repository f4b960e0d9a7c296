/**
 * Returns the request that `floe` passes on in place of another whose body it read or has no use for: a POST of JSON. Its id is the
 * one that the caller is told, so that the logs of both Workers name it, and a redirect is the caller's to follow.
 */
export function inPlaceOf({ url, headers }: Request, id: string, body: object): Request {
  const own = new Headers(headers)
  own.set('content-type', 'application/json')
  own.set('x-request-id', id)
  for (const ofOtherBody of ['content-length', 'content-encoding', 'transfer-encoding'])
    own.delete(ofOtherBody)
  return new Request(url, { method: 'POST', headers: own, body: JSON.stringify(body), redirect: 'manual' })
}
