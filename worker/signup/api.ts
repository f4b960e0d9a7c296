import * as z from 'zod/mini'
import { urlOf } from '../../core/web-address.ts'
import { documented, named, operation } from '../call/operation.ts'
import { EVIDENCE_FIELDS, languageTag, noticeRef, source, wording } from '../consent/evidence.ts'
import { AT, htmlPage } from '../http/example.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { returnUrl } from '../subscription/api.ts'

/** Most sign-ups that a form may take in a day, and how many where nothing is said. */
const PER_DAY_MAX = 10_000
const PER_DAY = 1000

const ORIGINS_MAX = 10

const origin = z.string().check(
  z.maxLength(200),
  z.refine(
    text => /^https:\/\/[^*]+$/.test(text) && urlOf(text)?.origin === text,
    'must be an https origin such as https://shop.example',
  ),
)

/** What its maker says of a form. */
const settings = {
  name: z
    .string()
    .check(z.minLength(1), z.maxLength(63), z.regex(/^[^\p{C}]*$/u, 'holds a character that cannot be seen')),
  topics: z.array(z.string()).check(z.minLength(1), z.maxLength(50)),
  notice: noticeRef,
  wording,
  pageUrl: source.shape.url,
  locale: languageTag,
  returnUrl: z.optional(returnUrl),
}

const EXAMPLE = {
  name: 'Footer of the shop',
  topics: ['news'],
  notice: { name: 'privacy', version: '1' },
  wording: 'Yes, send me the news.',
  pageUrl: 'https://north.example/newsletter',
  locale: 'en',
}

const view = () => ({
  id: 'form_8mlV4yRwBt3LqGs',
  key: `pk_${'x'.repeat(32)}`,
  url: `https://mail.north.example/s/pk_${'x'.repeat(32)}`,
  ...EXAMPLE,
  origins: [],
  perDay: PER_DAY,
  createdAt: AT,
})

const fieldTexts = () => ({
  id: 'Names the form for you, and in the ledger.',
  key: 'The publishable key. It stands in your page for everybody to see, and opens nothing.',
  url: 'Where the form is sent to, and where it stands as a page of its own that you can link to.',
  name: 'What you call it. Kept as evidence of each sign-up.',
  topics: 'The topics it offers: of several, whoever signs up chooses, and none is chosen before.',
  notice: EVIDENCE_FIELDS.notice,
  'notice.name': EVIDENCE_FIELDS['notice.name'],
  'notice.version': EVIDENCE_FIELDS['notice.version'],
  wording: 'The very words that whoever signs up agrees to. They stand beside the button.',
  pageUrl: 'The page the form is on. Its host stands in the mail that asks for the confirmation.',
  origins:
    'Origins whose scripts may read the answer, and which are believed about the page a sign-up came from. Others may send the form too.',
  locale: 'The language of the form and of its mails (BCP 47): make a form for each language.',
  returnUrl: 'As in `POST /v1/subscriptions`.',
  perDay: `How many sign-ups it takes in a day: ${PER_DAY} where nothing is said.`,
  createdAt: 'When it was made.',
  madeBy: 'The key that made it. Not there: an operator did.',
})

const form = /* @__PURE__ */ named(
  'SignupForm',
  () =>
    z.strictObject({
      id: z.string(),
      key: z.string(),
      url: z.url(),
      ...settings,
      topics: z.array(z.string()),
      origins: z.array(z.string()),
      perDay: z.int(),
      createdAt: z.iso.datetime(),
      madeBy: z.optional(z.string()),
    }),
  fieldTexts,
)

/** A form as its workspace sees it. */
export type FormView = z.infer<ReturnType<typeof form>>

const withHtmlFields = () => ({
  ...fieldTexts(),
  html: 'The form as HTML, to paste into your page. It needs no script.',
})
const withHtml = () => z.strictObject({ ...form().shape, html: z.string() })

/** `POST /v1/forms` */
export const createForm = operation({
  id: 'createForm',
  method: 'POST',
  path: '/v1/forms',
  permission: 'forms:write',
  limitBytes: BODY_LIMIT_BYTES,
  input: z.strictObject({
    ...settings,
    origins: z._default(z.array(origin).check(z.maxLength(ORIGINS_MAX)), []),
    perDay: z._default(z.int().check(z.minimum(1), z.maximum(PER_DAY_MAX)), PER_DAY),
  }),
  status: 201,
  writes: true,
})

export const createFormDoc = /* @__PURE__ */ documented(createForm, () => ({
  chapter: 'Sign-up forms',
  summary: 'Make a sign-up form',
  text: 'For a page of yours that has no server behind it. Whoever fills it in is mailed a confirmation, as by `POST /v1/subscriptions`. A form never changes, since its sign-ups are evidence of it: make another and end this one. Where Floe mails nothing, there is none.',
  example: EXAMPLE,
  answer: { schema: withHtml(), example: { ...view(), html: 'The HTML of the form.' } },
  faults: ['topic.not_found', 'notice.not_found', 'return_url.not_allowed', 'form.limit', 'form.no_mailer'],
  fields: withHtmlFields(),
}))

/** `GET /v1/forms` */
export const listForms = operation({
  id: 'listForms',
  method: 'GET',
  path: '/v1/forms',
  permission: 'forms:read',
  input: z.strictObject({}),
})

export const listFormsDoc = /* @__PURE__ */ documented(listForms, () => ({
  chapter: 'Sign-up forms',
  summary: 'List the sign-up forms of your workspace',
  text: 'Those in use, the oldest first.',
  answer: { schema: z.strictObject({ forms: z.array(form()) }), example: { forms: [view()] } },
  faults: [],
  fields: { forms: 'All of them.' },
}))

/** `GET /v1/forms/{id}` */
export const getForm = operation({
  id: 'getForm',
  method: 'GET',
  path: '/v1/forms/:id{form_[\\w-]+}',
  permission: 'forms:read',
  input: z.strictObject({ id: z.string() }),
})

export const getFormDoc = /* @__PURE__ */ documented(getForm, () => ({
  chapter: 'Sign-up forms',
  summary: 'A sign-up form, with its HTML',
  answer: { schema: withHtml(), example: { ...view(), html: 'The HTML of the form.' } },
  faults: ['form.not_found'],
  fields: withHtmlFields(),
}))

/** `DELETE /v1/forms/{id}` */
export const endForm = operation({
  id: 'endForm',
  method: 'DELETE',
  path: '/v1/forms/:id{form_[\\w-]+}',
  permission: 'forms:write',
  input: z.strictObject({ id: z.string() }),
  writes: true,
})

export const endFormDoc = /* @__PURE__ */ documented(endForm, () => ({
  chapter: 'Sign-up forms',
  summary: 'End a sign-up form',
  text: 'From then on it takes no sign-up, wherever it stands. Links that it had mailed go on working.',
  answer: {
    schema: z.strictObject({ id: z.string(), outcome: z.literal('ended') }),
    example: { id: 'form_8mlV4yRwBt3LqGs', outcome: 'ended' },
  },
  faults: ['form.not_found'],
  fields: { id: fieldTexts().id, outcome: 'It takes no sign-up any more.' },
}))

const FORM_KEY = 'The publishable key of the form.'

/** `GET /s/{key}` */
export const showForm = operation({ id: 'showForm', method: 'GET', path: '/s/:token', permission: null })

export const showFormDoc = /* @__PURE__ */ documented(showForm, () => ({
  chapter: 'Recipients',
  summary: 'A sign-up form as a page',
  text: 'In the language of the form.',
  answer: htmlPage(),
  faults: ['token.invalid', 'form.ended'],
  fields: { token: FORM_KEY },
}))

/** `POST /s/{key}` */
export const submitForm = operation({
  id: 'submitForm',
  method: 'POST',
  path: '/s/:token',
  permission: null,
})

export const submitFormDoc = /* @__PURE__ */ documented(submitForm, () => ({
  chapter: 'Recipients',
  summary: 'Sign up by a form',
  text: 'Fields: `address` (or `email`), `topics` once for each topic (not needed where the form offers one), and `website`, which stays empty: programs fill it in. Further fields, which a site’s own programs may add, mean nothing. The answer is the same for every address, a page or, with `Accept: application/json`, JSON, which scripts of the form’s `origins` may read.',
  body: [
    {
      type: 'application/x-www-form-urlencoded',
      schema: z.string(),
      example: 'address=ada%40example.com&topics=news&website=',
    },
    { type: 'multipart/form-data', schema: z.string(), example: '' },
  ],
  answer: htmlPage(),
  faults: ['token.invalid', 'form.ended', 'form.full', 'form.no_mailer', 'request.invalid'],
  fields: { token: FORM_KEY },
}))
