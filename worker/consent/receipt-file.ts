import { PAGE_HEADERS } from '../http/headers.ts'

/** Answers with a receipt as a file to keep. */
export const receiptFile = (receipt: string): Response =>
  new Response(receipt, {
    headers: {
      ...PAGE_HEADERS,
      'content-type': 'application/jose',
      'content-disposition': 'attachment; filename="receipt.jws"',
    },
  })
