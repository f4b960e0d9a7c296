import type { Reason } from '../../core/codes/reason.ts'
import { isNothing, words } from './meanings.ts'
import { type DateOrder, timeOf } from './time.ts'

/** Since when a row's suppression stands, in milliseconds since 1970 UTC, or that its cell for that is not understood. */
export interface Since {
  since?: number
  note?: 'unknown_time'
}

/** The columns that say since when. */
export interface TimeColumns {
  places: readonly number[]
  /** Returns since when a row with a reason stands, or nothing where it does not say. */
  since(cells: readonly string[], reason: Reason | undefined, now: number): Since
}

/** Headings of the time of each reason, the surest first, in the languages that Floe speaks. */
const OF_REASON: Partial<Record<Reason, readonly string[]>> = {
  unsubscribed:
    words(`unsub_time unsubscribed_at unsubscribe_time unsubscribe_date unsubscribed_time unsubscribed_date unsubscribed_on
    date_unsubscribed time_unsubscribed date_of_unsubscribe unsub_date unsubbed_at opt_out_date opt_out_time opted_out_at opted_out_date
    opted_out_on date_opted_out abgemeldet_am abmeldedatum abmeldezeitpunkt datum_der_abmeldung abbestellt_am ausgetragen_am
    désabonné_le désinscrit_le date_de_désabonnement date_de_désinscription date_désabonnement date_désinscription
    fecha_de_baja fecha_baja fecha_de_cancelación fecha_de_desuscripción data_disiscrizione data_di_disiscrizione disiscritto_il
    data_cancellazione data_di_cancellazione data_de_descadastro data_do_descadastro descadastrado_em data_de_cancelamento cancelado_em
    afgemeld_op afmelddatum datum_afmelding uitgeschreven_op uitschrijfdatum data_wypisania wypisano data_rezygnacji
    配信停止日 配信停止日時 退会日 退会日時 登録解除日 登録解除日時 解除日 تاريخ_إلغاء_الاشتراك`),
  bounced:
    words(`clean_time cleaned_at clean_date bounced_at bounce_time bounce_date bounced_date bounced_on date_bounced
    hard_bounced_at`),
  complained: words(
    'complained_at complaint_time complaint_date complained_on date_complained spam_reported_at',
  ),
  objected: words('objected_at objection_date objected_on widersprochen_am'),
  manual: words('blocklisted_at blacklisted_at blocklisted_on blacklisted_on'),
}

/** Headings of the time of any suppression. */
const OF_ANY = words(
  'suppressed_at suppression_time suppression_date suppressed_on suppressed_date date_suppressed',
)

/**
 * Exports of suppressions, by their columns: SendGrid, Mailgun, Postmark, Amazon SES, Floe. Elsewhere such a heading is the time of
 * the sign-up, and so it is beside further columns where these are `only` what anybody's list may have.
 */
const EXPORTS: { has: string[]; only?: true; time: string }[] = [
  { has: words('status reason email'), only: true, time: 'created' },
  { has: words('ip email'), only: true, time: 'created' },
  { has: words('address code error'), only: true, time: 'createdat' },
  { has: words('address tags'), only: true, time: 'createdat' },
  { has: words('email_address suppression_reason'), time: 'createdat' },
  { has: words('email_address reason'), time: 'lastupdatetime' },
  { has: words('id scope reason source'), time: 'since' },
]

/** Returns the columns of a header that say since when: the one at `named`, -1 for one that is not there, or those whose headings leave no doubt. */
export function timesIn(
  names: readonly string[],
  named: number | undefined,
  order: DateOrder | undefined,
): TimeColumns {
  // A line of JSON that lacks the one that is named.
  if (named === -1) return { places: [], since: () => ({ note: 'unknown_time' }) }
  const placesOf = (wanted: readonly string[] = []) =>
    wanted.map(name => names.indexOf(name)).filter(place => place >= 0)
  const exported = EXPORTS.filter(
    ({ has, only }) => has.every(name => names.includes(name)) && (!only || names.length === has.length + 1),
  ).map(({ time }) => time)
  const ofAny = named === undefined ? placesOf([...exported, ...OF_ANY]) : [named]
  const kinds = named === undefined ? OF_REASON : {}
  const all = [...ofAny, ...Object.values(kinds).flatMap(placesOf)]
  // The time of another reason is this one's only where the file has none for this one.
  const rest = ofAny.length > 0 ? ofAny : all
  const own = new Map<string | undefined, readonly number[]>(
    Object.entries(kinds).flatMap(([reason, headings]) => {
      const places = placesOf(headings)
      return places.length > 0 ? [[reason, [...places, ...ofAny]] as const] : []
    }),
  )
  return {
    places: [...new Set(all)],
    since(cells, reason, now) {
      const place = (own.get(reason) ?? rest).find(place => !isNothing(cells[place] ?? ''))
      if (place === undefined) return {}
      const since = timeOf(cells[place]!, order, now)
      return since === undefined ? { note: 'unknown_time' } : { since }
    },
  }
}
