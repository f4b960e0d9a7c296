import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  title: 'Correos de {sender}',
  heading: 'Recibir correos de {sender}',
  lead: 'Un correo a su dirección le pide que confirme. Nada se activa hasta que pulse el botón que contiene.',
  badAddress: 'Esto no es una dirección de correo. Revísela, por favor.',
  noTopic: 'Elija al menos una opción.',
  trapped:
    'Se rellenó un campo que nadie ve, quizá lo hizo su navegador. Ya está vacío de nuevo: pulse el botón otra vez.',
  agree: 'Lo que acepta',
  agreeMeans:
    '{sender} ({company}) le envía esto por correo electrónico. Puede retirar su consentimiento en cualquier momento, con un clic en cada correo.',

  runtime: {
    address: 'Su dirección de correo electrónico',
    choose: '¿Qué desea recibir?',
    send: 'Suscribirse',
    empty: 'Deje este campo vacío',
    notice: 'Leer el aviso ({notice}, versión {version})',
  },
} satisfies Translated<typeof en>
