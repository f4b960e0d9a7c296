import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  confirmation: {
    subject: sender => `Confirme, por favor: correos de ${sender}`,
    preview: 'Diga que sí y recibirá estos correos. Si no hace nada, nada cambia.',
    heading: sender => `¿Permite que ${sender} le escriba?`,
    asked: (day, sender, source) =>
      `El ${day}, alguien introdujo su dirección${source ? ` en ${source}` : ''} para recibir estos correos de ${sender}:`,
    ifYou: 'Si fue usted, confírmelo, por favor.',
    yes: 'Sí, quiero recibir estos correos',
    hint: day =>
      `El enlace abre una página y funciona hasta el ${day}. Nada cambia hasta que pulse el botón que hay allí.`,
    byHand: 'Si el botón no funciona, abra esta dirección:',
    silence: 'Si no hace nada, nada cambia. Este es el único correo sobre esta solicitud.',
    no: 'No fui yo',
    noMeans: sender => `La solicitud termina y ${sender} no podrá enviarle otra durante 30\u00a0días.`,
    notice: (name, version) => `Aviso de privacidad (${name}, versión\u00a0${version})`,
    takeBack: 'Puede retirar su consentimiento en cualquier momento, con un clic en cada correo.',
    carried: sender => `Enviado por ${sender}, transmitido por Floe.`,
  },
  access: {
    subject: sender => `Abrir sus datos: ${sender}`,
    preview: 'El enlace funciona una sola vez, durante 15 minutos.',
    heading: sender => `Vea lo que ${sender} guarda sobre usted`,
    asked: sender =>
      `Alguien introdujo su dirección en su página de ${sender} para ver, llevarse, corregir o borrar los datos que se guardan sobre usted.`,
    yes: 'Abrir mis datos',
    hint: () =>
      'El enlace abre una página y funciona una sola vez, durante 15\u00a0minutos desde el envío de este correo. No se muestra nada hasta que pulse el botón que hay allí.',
    silence:
      'Si no fue usted, no haga nada: nadie verá nada. No reenvíe este correo, pues quien lo tenga puede abrir sus datos.',
  },
  correction: {
    subject: sender => `Confirme, por favor, su nueva dirección: ${sender}`,
    preview: 'Diga que sí y esta dirección sustituirá a la anterior.',
    heading: sender => `¿Quiere que ${sender} use esta dirección para usted?`,
    asked: sender => `Alguien pidió a ${sender} que use en adelante esta dirección en lugar de una anterior.`,
    yes: 'Ver y confirmar',
    hint: day =>
      `El enlace abre una página y funciona hasta el ${day}. Nada cambia mientras no pulse el botón que hay allí.`,
    silence: 'Si no fue usted, no haga nada o dígalo en esa página: entonces esta dirección queda al margen.',
  },
  footer: {
    unsubscribe: 'Cancelar la suscripción',
    preferences: 'Elegir lo que recibe',
    subscribed: (topic, sender) =>
      `Recibe este correo porque su dirección está en la lista «${topic}». Remitente: ${sender}`,
    owed: (topic, sender) => `Recibe este correo como cliente. Remitente: ${sender}, ${topic}`,
    sentBy: company => `Enviado por ${company}`,
  },
} satisfies Translated<typeof en>
