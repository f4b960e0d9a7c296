/** Types of the part of mailauth that tests use; the package has none. */
declare module 'mailauth/lib/dkim/verify.js' {
  export function dkimVerify(
    message: Buffer,
    options: { resolver(name: string, type: string): Promise<string[][]> },
  ): Promise<{ results: { status: { result: string }; signingHeaders: { keys: string } }[] }>
}

declare module 'mailauth/lib/dkim/sign.js' {
  export function dkimSign(
    message: Buffer,
    options: {
      canonicalization: string
      signTime: Date
      expires?: Date
      signatureData: { signingDomain: string; selector: string; privateKey: string; algorithm: string }[]
    },
  ): Promise<{ signatures: string; errors: unknown[] }>
}
