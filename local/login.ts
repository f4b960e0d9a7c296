import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Makes who may call a libSQL server: the Ed25519 public key that it is started with, base64url, and the bearer token that is signed for it. */
export async function newLogin(): Promise<{ publicKey: string; token: string }> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const { x } = await exportJWK(publicKey)
  return { publicKey: x!, token: await new SignJWT({}).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey) }
}
