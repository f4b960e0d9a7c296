import type { Words } from '../confirmation.ts'

/** Spanish, with usted. */
export default {
  title: 'Confirmar los correos de {sender}',
  heading: '¿Permite que {sender} le escriba?',
  asked:
    'El {requested}, alguien pidió en {source} que estos correos se envíen a {address|su dirección}. No se envía nada hasta que usted diga que sí aquí.',
  yes: 'Sí, quiero recibir estos correos',
  no: 'No fui yo',
  hint: 'Nada cambia hasta que pulse un botón. Esta página funciona hasta el {expires}.',

  refuseTitle: '¿No fue usted? · {sender}',
  notYou: '¿No fue usted?',
  notYouMeans:
    'El {requested}, alguien pidió en {source} que estos correos se envíen a {address|su dirección}. Si no fue usted, díganoslo: la solicitud termina y {sender} no podrá enviarle otra durante 30\u00a0días.',
  itWasMe: 'Fui yo: ver lo que recibiría',

  agree: 'Lo que aceptaría',
  agreeMeans:
    '{sender} ({company}) le enviaría esto por correo electrónico, como indica su aviso. Puede retirar su consentimiento en cualquier momento, con un clic en cada correo.',
  notice: 'Leer el aviso ({notice}, versión {version})',

  confirmedTitle: 'Confirmado · {sender}',
  confirmed: 'Su suscripción está confirmada',
  confirmedMeans: 'A partir de ahora, {sender} puede enviar estos correos a {address|su dirección}.',
  before: 'Ya lo había confirmado',
  beforeMeans: '{sender} puede enviar estos correos a {address|su dirección}. No hay nada más que hacer.',
  mistake: '¿No era lo que quería?',
  takeBack: 'Retirar mi consentimiento',
  yours: 'Para guardar',
  receiptMeans:
    'Un recibo firmado dice qué aceptó, cuándo y qué se le mostró. No contiene ninguna dirección. Se puede descargar aquí durante 7\u00a0días.',
  receipt: 'Descargar el recibo',
  choose: 'Elegir lo que recibe',

  offTitle: 'Sin suscripción · {sender}',
  refused: 'No tiene ninguna suscripción',
  refusedMeans:
    'La solicitud ha terminado. {sender} no puede enviar estos correos a {address|su dirección} ni enviarle otra solicitud durante 30\u00a0días.',
  ended: 'Ha cancelado su suscripción',
  endedMeans: '{sender} ya no envía estos correos a {address|su dirección}.',
  lateTitle: 'Demasiado tarde · {sender}',
  late: 'Este enlace ha caducado',
  lateMeans:
    'Funcionaba hasta el {expires}. No se ha cambiado nada: {sender} no puede enviar estos correos a {address|su dirección}.',
  lateStays: 'Funcionaba hasta el {expires}. No se ha cambiado nada.',
  sentTitle: 'En camino · {sender}',
  sent: 'Un nuevo correo está en camino',
  sentMeans:
    'En unos minutos llegará a {address|su dirección} un correo con un enlace nuevo. Si no llega, mire en el correo no deseado; son tres al día como máximo.',
  afterAll: '¿Desea estos correos después de todo?',
  afterAllMeans:
    'Enviamos un enlace nuevo a la misma dirección. Nada más cambia hasta que usted confirme allí.',
  again: 'Enviar una nueva confirmación',
} satisfies Words
