import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/**
 * Makes a login for a libSQL server: the Ed25519 public key that the server is started with, base64url, and a bearer token signed
 * for it.
 */
export async function newLogin(): Promise<{ publicKey: string; token: string }> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const { x } = await exportJWK(publicKey)
  return { publicKey: x!, token: await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey) }
}
