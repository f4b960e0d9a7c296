/** A control, with its references and the tests that prove it. */
export interface Control {
  /** Requirements of OWASP ASVS 5, risks of the API Security Top 10 (2023), sections of RFCs. */
  refs: string
  what: string
  /** Test files, and the beginning of test names where only some tests count. */
  tests: [file: string, name?: string][]
}

/** The controls, by chapter. */
export const CONTROLS: Record<string, Control[]> = {
  'Who may do what': [
    {
      refs: 'ASVS 8.2.1, API5',
      what: 'a key opens the calls its permissions name, and no other',
      tests: [['security/leak', 'an API key that leaked']],
    },
    {
      refs: 'ASVS 6.2, API2',
      what: 'no call works without a key, or with a forged, ended or foreign one',
      tests: [['api/routes', 'every sender route'], ['unit/api-key'], ['api/key-management']],
    },
    {
      refs: 'ASVS 8.2.2, API1',
      what: 'another tenant’s names are answered as names that nothing has',
      tests: [['security/tenant', "'another"]],
    },
    {
      refs: 'ASVS 8.4.1',
      what: 'every statement names whose rows it is about',
      tests: [['security/tenant', 'every statement'], ['api/isolation']],
    },
    {
      refs: 'ASVS 8.2.3, 15.3.3, API3',
      what: 'a field that a call does not know is refused, in path, query and body',
      tests: [['api/routes', 'every sender route'], ['api/bad-input']],
    },
    {
      refs: 'ASVS 8.3.2',
      what: 'a key that was revoked is refused from its next call on',
      tests: [['api/key-management', 'a key that is revoked']],
    },
    {
      refs: 'ASVS 8.3.1, 8.4.2, API2, API5',
      what: 'a key gives nothing beyond its own limits, and what it made ends with it',
      tests: [['security/stolen-key'], ['api/key-line'], ['db/key-line']],
    },
    {
      refs: 'ASVS 2.3.1, 6.6, API6',
      what: 'seeing, taking, correcting, erasing need a freshly mailed link that works once',
      tests: [
        ['api/rights-access', 'a link'],
        ['api/rights-access', 'what the session opens'],
      ],
    },
    {
      refs: 'ASVS 3.5.3',
      what: 'what only looks changes nothing: GET, HEAD, OPTIONS, scanners',
      tests: [['conformance/look']],
    },
  ],
  'What leaks': [
    {
      refs: 'ASVS 14.2.4, 11.3.2',
      what: 'a stolen database holds no address, no evidence and no secret',
      tests: [['security/leak', 'a stolen database'], ['unit/cipher']],
    },
    {
      refs: 'ASVS 8.2.2, API1',
      what: 'a mailed link can do nothing but reduce mail, on any route',
      tests: [['security/leak', 'a link that leaked']],
    },
    {
      refs: 'ASVS 14.2.6, 15.3.1, API3',
      what: 'a mailed link shows states, buttons and the mask, and no day, page or ground of a choice',
      tests: [['security/forwarded']],
    },
    {
      refs: 'ASVS 16.2.5, 14.2.1',
      what: 'the log names nobody, and holds no key, token or secret',
      tests: [['api/log'], ['unit/log']],
    },
    {
      refs: 'ASVS 13.4.5, API8',
      what: 'strangers learn whether the service is ready, and nothing of its parts',
      tests: [['api/health', 'readiness']],
    },
    {
      refs: 'ASVS 16.5.1, API8',
      what: 'a failure of ours says that it is one, and nothing else',
      tests: [['unit/problem']],
    },
    {
      refs: 'ASVS 16.5.3',
      what: 'a check never fails open',
      tests: [
        ['api/durability'],
        ['api/check', 'no check answers that mail may go'],
        ['api/away', 'a check that asks nearby'],
        ['db/client', 'a read of the nearest copy'],
      ],
    },
    {
      refs: 'ASVS 11.4, 11.5',
      what: 'secrets of keys are stored as hashes; every use of a key has one of its own',
      tests: [['unit/keys'], ['unit/api-key', 'the text of an API key holds']],
    },
    {
      refs: 'ASVS 9.1, 9.2.2, RFC 8725 §3',
      what: 'a token of one purpose, tenant or key is none of another; codes compare in constant time',
      tests: [['unit/token'], ['api/rotation']],
    },
    {
      refs: 'RFC 8725 §3.1, §3.11, §3.12',
      what: 'a receipt has one algorithm and its own type, and holds no letter that was changed',
      tests: [['api/consents', 'a receipt']],
    },
  ],
  Browsers: [
    {
      refs: 'ASVS 3.4.1, 3.4.4, 3.4.5, 4.1.1',
      what: 'every answer has HSTS, nosniff, no-referrer and its type',
      tests: [
        ['security/header', 'every answer'],
        ['security/header', 'a file of the site'],
      ],
    },
    {
      refs: 'ASVS 3.4.3',
      what: 'no script runs on any page, no origin but ours is asked',
      tests: [
        ['api/routes', 'every recipient route'],
        ['conformance/look', 'the page behind a link'],
      ],
    },
    {
      refs: 'ASVS 3.4.6',
      what: 'a page is framed by the origins its sender names, or by none',
      tests: [['browser/embed'], ['db/brand', 'the origins']],
    },
    {
      refs: 'ASVS 3.4.2',
      what: 'other sites read a click’s answer and the public keys, nothing else',
      tests: [
        ['security/header', 'every answer of POST /u'],
        ['security/header', 'every answer of GET /.well-known/jwks'],
      ],
    },
    {
      refs: 'ASVS 3.3, 14.3.2, 14.3.3',
      what: 'no cookie, nothing kept in the browser or by a cache',
      tests: [['api/routes', 'every recipient route']],
    },
    {
      refs: 'ASVS 1.2.1, 1.2.2, 1.3.5',
      what: 'what a sender or recipient writes is text on a page, and its links are https',
      tests: [['db/brand', 'a brand']],
    },
  ],
  Abuse: [
    {
      refs: 'ASVS 6.3.8, API2',
      what: 'whoever guesses addresses learns nothing: same answer, same questions asked',
      tests: [['security/guess']],
    },
    {
      refs: 'ASVS 2.4.1, API6',
      what: 'three confirmations an address and day, whoever asks; none to who complained',
      tests: [
        ['api/subscriptions', 'double opt-in keeps'],
        ['api/rights-access', 'the page that asks for the address mails'],
      ],
    },
    {
      refs: 'ASVS 2.4.1, API6',
      what: 'one limit over all mails to a recipient; none asked for after “this was not me”',
      tests: [['security/mail-limit']],
    },
    {
      refs: 'ASVS 2.3.1, API6',
      what: 'a sender who has the confirmation link confirms nothing against what its recipient chose',
      tests: [['security/given-link']],
    },
    {
      refs: 'ASVS 2.4.1, API4',
      what: 'a key has an allowance; a click never is counted',
      tests: [['api/rate-limit'], ['unit/rate-limit']],
    },
    {
      refs: 'ASVS 2.4.1, 6.3.1, API4',
      what: 'a network has an allowance for pages, forms and guesses; what stops mail never is refused',
      tests: [['security/limits', 'a network that asks']],
    },
    {
      refs: 'ASVS 2.4.1, 15.2.2, API4',
      what: 'what one tenant asks at once makes no other’s checks, and no recipient’s page or click, fail',
      tests: [['unit/read-share'], ['security/limits', 'one tenant with 400']],
    },
    {
      refs: 'ASVS 15.2.2, API4',
      what: 'what is kept for an Idempotency-Key is bounded for each API key',
      tests: [['security/limits', 'answers that are kept']],
    },
    {
      refs: 'ASVS 15.2.2, API4',
      what: 'what waits to be written is counted by its bytes, and leaves room for clicks',
      tests: [['unit/lane', 'acts']],
    },
    {
      refs: 'ASVS 15.2.2, API4',
      what: 'JSON that is dear to read is refused in a few words',
      tests: [['security/body', 'JSON that is dear']],
    },
    {
      refs: 'ASVS 15.3.6',
      what: 'no field pollutes a prototype, in any object of any call',
      tests: [['security/body', 'a field that means']],
    },
    {
      refs: 'ASVS 5.2.3',
      what: 'a compressed body is refused and never unpacked',
      tests: [['security/body', 'a compressed body']],
    },
    {
      refs: 'ASVS 15.2.2, API4',
      what: 'a body is as large as its call takes, and comes in 15 s or not at all',
      tests: [['security/body', 'a body that comes slowly'], ['security/body.long'], ['unit/limits']],
    },
    {
      refs: 'ASVS 1.1.1, 4.1.4',
      what: 'a path written otherwise opens nothing',
      tests: [['security/path'], ['api/routes', 'what is no route'], ['api/routes', 'every route']],
    },
    {
      refs: 'ASVS 1.3.11',
      what: 'nothing in a mail becomes a header or a command',
      tests: [['mail/header'], ['mail/delivery', 'a line end']],
    },
    {
      refs: 'ASVS 2.2.1, UTS 46',
      what: 'look-alike addresses are told apart or folded, by one table',
      tests: [['unit/address']],
    },
    {
      refs: 'ASVS 15.3.7',
      what: 'a field that stands there twice is refused, or the last one counts',
      tests: [['security/body', 'JSON that is dear to read of two'], ['unit/preference']],
    },
    {
      refs: 'ASVS 1.3.6, 15.3.2, API7',
      what: 'a webhook goes to the public internet only, and follows no redirect',
      tests: [['unit/webhook-target'], ['webhook/endpoint']],
    },
    {
      refs: 'API10',
      what: 'a provider’s report is believed for its signature alone',
      tests: [['inbound/provider']],
    },
    {
      refs: 'ASVS 4.1.3, 15.3.4',
      what: 'no caller says where they call from',
      tests: [['api/subscriptions', 'double opt-in believes no caller']],
    },
    {
      refs: 'ASVS 15.4.2, RFC 9110 §9.2.2',
      what: 'a write under an Idempotency-Key runs once, however many send it',
      tests: [['api/idempotency']],
    },
    {
      refs: 'ASVS 2.2.1, API8, API9',
      what: 'thousands of hostile calls: no failure of ours, no answer the reference does not know',
      tests: [['api/reference'], ['api/reference.long']],
    },
  ],
  'What it is made of': [
    {
      refs: 'ASVS 15.1.2, 15.2.4',
      what: 'exact versions by digest, no install scripts, licences, bill of materials',
      tests: [['repo/supply'], ['repo/files', 'package.json']],
    },
    {
      refs: 'ASVS 13.3.1, 13.4',
      what: 'a setting that is missing or wrong stops the start, and is not printed',
      tests: [['unit/settings']],
    },
    {
      refs: 'ASVS 1.2.4, 15.2.3',
      what: 'SQL only in db/, with places for its values; nothing of Node or of tests ships',
      tests: [['repo/arrows']],
    },
  ],
}
