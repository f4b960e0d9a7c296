/** Verdict of a bounce: the mailbox is gone for good, or anything else. */
export type Verdict = 'permanent' | 'transient'

/** Characters of a reply that are looked at. */
const READ_MAX = 2000

/**
 * Returns the verdict of a final failure by its status (RFC 3463) and the server's words. Permanent is only what says that the mailbox
 * or its domain is not there: many servers write 5.0.0 or 5.1.1 whatever the reason, so that words outrank numbers. Refusals for
 * content, reputation, size, rate, quota or the sender's own address say nothing about the mailbox.
 */
export function bounceOf(status: string | undefined, diagnostic = ''): Verdict {
  const { text, links, code, reply } = readReply(diagnostic)
  // x.0.0 is what a server writes that knows no more; its own number may stand in the words.
  const number = status && !status.endsWith('.0.0') ? status : (code ?? status)
  if (number === '5.1.7' || number === '5.1.8') return 'transient'
  if (about(SENDER, text) || about(FULL, text) || about(PASSING, text)) return 'transient'
  // A name server that knows of no such domain is sure, however a sender's own server marked the failure.
  if (about(NO_DOMAIN, text)) return 'permanent'
  const isGone = about(NOBODY, text) || NAMED.test(text)
  if (number ? number.startsWith('4') : reply?.startsWith('4'))
    return /^4\.1\.[12]$/.test(number ?? '') && (isGone || about(ABSENT, text)) ? 'permanent' : 'transient'
  if (isGone) return 'permanent'
  // Said by Microsoft 365 and by Cisco's gateways of an address that they do not have; elsewhere the words tell of an access list.
  if (number === '5.4.1' && /address(?:es)? rejected ?: access denied/.test(text)) return 'permanent'
  if (number === '5.1.0' && text.includes('address rejected')) return 'permanent'
  if (about(POLICY, text) || about(LISTS, links)) return 'transient'
  if (about(ABSENT, text)) return 'permanent'
  return number !== undefined && GONE.test(number) && !/^(?:52\d|554)$/.test(reply ?? '')
    ? 'permanent'
    : 'transient'
}

/**
 * Returns the enhanced status code in a text, or undefined. The rest of a server's reply is dropped, since it quotes
 * addresses.
 */
export const statusIn = (text: unknown): string | undefined =>
  typeof text === 'string' ? /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0] : undefined

/** Statuses of a mailbox, system or domain that is not there (RFC 3463 §3.2, §3.3, §3.5; RFC 7505 §4.2; IANA's 5.7.13). */
const GONE = /^5\.(?:1\.(?:1|2|3|6|10)|2\.1|4\.4|7\.13)$/

/** A user who is named between the words. */
const NAMED =
  /\b(?:user|recipient|account|mailbox|alias) \S{1,64} (?:is )?(?:unknown|not found|does not exist|doesn't exist)\b/

/**
 * Returns the words of a reply in small letters, without its codes and without the addresses and URLs in it, which are not the
 * server's own; and its first codes.
 */
function readReply(diagnostic: string) {
  const words = diagnostic
    .slice(0, READ_MAX)
    .toLowerCase()
    .replace(/[’`´]/g, "'")
    .split(/\.{2,}|[\s<>"()[\]]+/)
    // Gmail and others repeat the codes at the beginning of each line of a reply.
    .flatMap(word => word.split(/(?<=^[245]\d\d)-/))
    .filter(word => word !== '')
  const isLink = (word: string) => /@|:\/\/|^www\.|\.(?:com|net|org)\//.test(word)
  const isCode = (word: string) => /^#?[245](?:\.\d{1,3}\.\d{1,3}|\d\d)[:;,]?$/.test(word)
  return {
    text: words
      .filter(word => !isCode(word) && !isLink(word))
      .join(' ')
      .replaceAll('unknown address error', ''),
    links: words.filter(isLink).join(' '),
    code: statusIn(words.filter(word => !isLink(word)).join(' ')),
    reply: words.find(word => /^[245]\d\d$/.test(word)),
  }
}

const about = (some: readonly string[], text: string): boolean => some.some(phrase => text.includes(phrase))

/** Returns the phrases in a text that parts them by bars. */
const phrases = (text: string): string[] => text.split('|').map(phrase => phrase.trim())

/** The sender's own address, domain or name server. */
const SENDER = phrases(`
  sender address | sender domain | sender's domain | domain of sender | domain of the sender |
  sender verif | sender rejected | sender denied | sender not | sender is not | sender unknown |
  unknown sender | invalid sender | bad sender | unresolvable sender | envelope sender | envelope from |
  mail from | from address | from: header | from header | return path | return-path | reverse-path |
  reverse path | helo | ehlo
`)

const FULL = phrases(`
  quota | mailbox full | mailbox is full | mailbox size | mailfolder is full | inbox is full | inbox full |
  storage | insufficient | out of space | no space | disk space | disk full | postfach voll |
  postfach ist voll | boite pleine | boîte pleine | buzón lleno | casella piena | caixa cheia | переполнен |
  空间不足 | 已满 | 容量
`)

/** What passes by itself, whatever else is said. */
const PASSING = phrases(`
  malformed or unexpected name server |
  receiving mail too | at a later time |
  temporar | greylist | graylist | grey list | deferred | too many | rate limit | rate that prevents |
  rate exceeded | ratelimit | throttl | frequency | timed out | timeout | connection refused |
  network is unreachable | lost connection | try again later | try later | später erneut
`)

/** A mailbox, account or person that is not there, beyond doubt. */
const NOBODY = phrases(`
  user is inactive | no such active account | suspended user | inactive mbox | user has moved |
  rejected: inactive | mailbox is frozen | marked as invalid | invalid-recipient | inactivity | archived recipient |
  nosuchuser | not a registered | not registered | is not available here | boite du destinataire archivee |
  user unknown | unknown user | unknown local | unknown recipient | unknown mailbox | unknown account |
  unknown address | unknown or illegal alias | recipient unknown | mailbox unknown | account unknown |
  address unknown | addressee unknown | no such user | no such recipient | no such mailbox |
  no such account | no such address | no such person | no such local | no such email | no such name |
  no mailbox here | no mailbox by that name | no account by that name | no valid recipient | no user here |
  user not found | user does not exist | user doesn't exist | user doesn't have a | user not exist |
  user is unknown | user not known | user invalid | user disabled | user is disabled | user inactive |
  user suspended | not a known user | not a valid user | not a valid mailbox | not a valid recipient |
  not a user | not our customer | recipient not found | recipientnotfound | recipient does not exist |
  recipient doesn't exist | recipient no longer | recipient is not | recipient invalid | invalid recipient |
  invalid mailbox | invalid user | invalid address | invalid destination | bad destination mailbox |
  bad recipient | bad address | mailbox not found | mailbox does not exist | mailbox doesn't exist |
  mailbox not exist |
  mailbox disabled | mailbox is disabled | mailbox has been disabled | mailbox inactive |
  mailbox is inactive | mailbox closed | mailbox is closed | mailbox suspended |
  account that you tried to reach does not exist | account that you tried to reach is disabled |
  account that you tried to reach is inactive | account does not exist | account doesn't exist |
  account not found | account disabled | account is disabled | account has been disabled |
  account inactive | account is inactive | account suspended | account is suspended |
  account has been suspended | account closed | account is closed | account has been closed |
  account deleted | account has been deleted | account expired | account terminated |
  account has been terminated | account deactivated | account has been deactivated |
  address does not exist | address doesn't exist | address not found | address no longer |
  address is no longer | address couldn | address could not be found | unrouteable address |
  unroutable address | not listed in | not in directory | not found in directory | no longer on server |
  no longer available | no longer valid | no longer active | no longer employed | no longer works |
  not known here | empfänger unbekannt | empfaenger unbekannt |
  benutzer unbekannt | unbekannter empfänger | unbekannter benutzer | postfach existiert nicht |
  utilisateur inconnu | destinataire inconnu | usuario desconocido | destinatario desconocido |
  destinatário desconhecido | usuário desconhecido | utente sconosciuto | destinatario sconosciuto |
  nieznany użytkownik | нет такого | пользователь не найден | почтовый ящик не | получатель не | 用户不存在 |
  收件人不存在 | 邮箱不存在 | 帐号不存在 | 账号不存在 | 宛先不明 | ユーザが存在 | ユーザーが存在 | 존재하지 않는 사용자
`)

/** Refusals of a message, its content, its size, or whoever sends it. */
const POLICY = phrases(`
  con:b | rly:b | rejected due to |
  spam | junk | bulk | unsolicited | virus | malware | phish | content | policy | policies | dmarc | spf |
  dkim | arc  | authenticat | reputation | blacklist | black list | blocklist | block list | blocked |
  blocklisted | rbl | dnsbl | listed | banned | reverse dns | rdns | ptr record | relay | not permitted |
  not allowed | not authori | unauthori | access denied | prohibited | restricted | suspicious | complaint |
  abuse | too large | too big | size limit | message size | exceeds | maximum | tls | encryption |
  hop count | loop | attachment | antispam | reject by | refused
`)

/** Lists of senders, by what their pages are called. */
const LISTS = phrases(`
  spamhaus | spamcop | barracudacentral | sorbs | uceprotect | senderscore | query/bl | blocklist | blacklist
`)

/** A domain that has no mail server, beyond doubt. */
const NO_DOMAIN = phrases(`
  nxdomain | no mx for | null mx | no relevant answers
`)

/** A mailbox or domain that is not there, as far as nothing else was said. */
const ABSENT = phrases(`
  mailbox unavailable | mailbox is unavailable | mailbox not available | no mx record | domain name not found |
  does not exist | doesn't exist | not exist | nonexistent | non-existent | host or domain name not found |
  domain not found | host not found | host unknown | unknown host | unknown domain | no such domain |
  no such host | nxdomain | name or service not known | null mx | does not accept mail | accepts no mail |
  existiert nicht | gibt es nicht | n'existe pas | inexistant | no existe | não existe | inexistente |
  non esiste | inesistente | nie istnieje | не существует | не найден | 不存在 | 存在しません | 존재하지 않
`)
