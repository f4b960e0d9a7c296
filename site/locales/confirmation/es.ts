import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  title: 'Confirmar los correos de {sender}',
  heading: '¿Permite que {sender} le escriba?',
  asked:
    'Alguien pidió que estos correos se envíen a {address|su dirección}. Nada cambia hasta que usted diga que sí aquí.',
  yes: 'Sí, quiero recibir estos correos',
  no: 'No fui yo',
  hint: 'Nada cambia hasta que pulse un botón. El enlace funciona durante 7\u00a0días.',

  refuseTitle: '¿No fue usted? · {sender}',
  notYou: '¿No fue usted?',
  notYouMeans:
    'Alguien pidió que estos correos se envíen a {address|su dirección}. Si no fue usted, díganoslo aquí.',
  refuseMeans:
    '«No fui yo» pone fin a la solicitud: {sender} no podrá enviar estos correos a {address|su dirección} ni enviarle otra solicitud durante 30\u00a0días. Los demás correos siguen como están.',
  refuseKeeps:
    '«No fui yo» pone fin a la solicitud: {sender} no podrá enviar estos correos a {address|su dirección}, salvo lo que usted ya había confirmado, ni enviarle otra solicitud durante 30\u00a0días. Los demás correos siguen como están.',
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
  withheld: 'Su respuesta ha quedado registrada',
  withheldMeans:
    'Aun así, {sender} no puede enviar estos correos a {address|su dirección}: hay otra cosa que los impide.',
  back: 'Volver a {backHost}',
  mistake: '¿No era lo que quería?',
  takeBack: 'Retirar mi consentimiento',
  yours: 'Para guardar',
  receiptMeans:
    'Un recibo firmado dice qué aceptó, cuándo y qué se le mostró. No contiene ninguna dirección.',
  receiptHere: 'Se puede descargar aquí durante media hora y, después, desde sus datos.',
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
    'Funcionó durante 7\u00a0días. No se ha cambiado nada: {sender} no puede enviar estos correos a {address|su dirección}.',
  lateStays: 'Funcionó durante 7\u00a0días. No se ha cambiado nada.',
  sentTitle: 'Mire en su bandeja de entrada · {sender}',
  sent: 'Mire en su bandeja de entrada',
  sentMeans:
    'Si se puede enviar una confirmación, está en camino a {address|su dirección}. No se activa nada hasta que pulse el botón que contiene. Son como máximo tres correos de este tipo al día.',
  afterAll: '¿Desea estos correos después de todo?',
  afterAllMeans:
    'Enviamos un enlace nuevo a la misma dirección. Nada más cambia hasta que usted confirme allí.',
  again: 'Enviar una nueva confirmación',
} satisfies Translated<typeof en>
