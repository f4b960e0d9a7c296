import { PAGE_HEADERS } from '../http/headers.ts'

/** Responds with a receipt as a download. */
export const receiptFile = (receipt: string): Response =>
  new Response(receipt, {
    headers: {
      ...PAGE_HEADERS,
      'content-type': 'application/jose',
      'content-disposition': 'attachment; filename="receipt.jws"',
    },
  })
