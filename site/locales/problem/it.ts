import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Italian, with Lei. */
export default {
  whatToDo: 'Che cosa può fare',
  invalid: 'Questo link non funziona',
  invalidWhy:
    'Forse ne manca una parte: i programmi di posta a volte spezzano i link lunghi. Nulla è stato cambiato.',
  invalidCopy: 'Copi il link intero dall’e-mail, fino all’ultimo carattere, e lo apra di nuovo.',
  invalidAnswer: 'Oppure risponda all’e-mail e chieda al mittente di cancellarLa dall’elenco.',
  unavailable: 'In questo momento non ha funzionato',
  unavailableWhy:
    'L’errore è nostro, non Suo. Non consideri ancora nulla come fatto e riprovi tra un minuto. Farlo due volte non crea problemi.',
  retry: 'Riprova',
  busy: 'Sono stati troppi tentativi ravvicinati',
  busyWhy: 'Nulla è stato cambiato. Attenda un minuto e riprovi.',
  limited: 'Oggi è stato cambiato troppe volte',
  limitedWhy:
    'Con i link nelle e-mail si può cambiare o annullare qualcosa solo un certo numero di volte al giorno. Ora nulla è stato cambiato. Si potrà di nuovo; inizio: {again}.',
  limitedStop: 'Annullare l’iscrizione e mettere in pausa è sempre possibile.',
  tooLarge: 'C’era troppo da leggere',
  tooLargeWhy:
    'Il modulo conteneva più di quanto possa accogliere. Nulla è stato cambiato. Riapra la pagina.',
  expired: 'Troppo tardi per annullare',
  expiredWhy:
    'Si può tornare indietro solo poco tempo dopo aver annullato l’iscrizione. Ora nulla è stato cambiato.',
  signUpAgain: 'Se desidera di nuovo queste e-mail, si iscriva ancora presso il mittente.',
  gone: 'Queste e-mail non esistono più',
  goneWhy: 'Il mittente non invia più ciò a cui serviva questo link, quindi non resta nulla da annullare.',
  goneNewest: 'Se arriva ancora qualcosa, usi il link in fondo all’e-mail più recente.',
  formFull: 'Questo modulo è al completo per oggi',
  formFullWhy:
    'Accetta solo un numero limitato di iscrizioni al giorno. Nulla è stato inviato o conservato. Riprovi domani.',
  formEnded: 'Questo modulo non è più in uso',
  formEndedWhy: 'Il mittente lo ha chiuso. Nulla è stato inviato o conservato.',
  unconfirmed: 'Qui non c’è nulla da confermare',
  unconfirmedWhy: 'Ciò a cui serviva questo link è giunto alla fine. Nulla è stato cambiato.',
  notFound: 'Questa pagina non esiste',
  notFoundWhy: 'Forse l’indirizzo contiene un errore di battitura. Nulla è stato cambiato.',
  notFoundCopy:
    'Se proviene da un’e-mail, ne apra di nuovo il link o lo copi per intero, fino all’ultimo carattere.',
} satisfies Translated<typeof en>
