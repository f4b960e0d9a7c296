import type { Words } from '../words.ts'

/** Spanish, with usted. */
export const es: Words = {
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
}
