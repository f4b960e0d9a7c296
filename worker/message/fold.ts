/**
 * Returns a text in lower case and without accents, so that `DESABONNER` is `désabonner`; with no invisible letters, and with
 * one blank for each run of them but line ends.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u0640\u064b-\u0655\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .normalize('NFC')
    .replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^\S\n]+/g, ' ')
