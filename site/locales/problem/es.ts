import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  whatToDo: 'Qué puede hacer',
  invalid: 'Este enlace no funciona',
  invalidWhy:
    'Puede que falte una parte: los programas de correo a veces cortan los enlaces largos. No se ha cambiado nada.',
  invalidCopy: 'Copie el enlace completo del correo, hasta la última letra, y ábralo de nuevo.',
  invalidAnswer: 'O responda al correo y pida al remitente que le dé de baja.',
  unavailable: 'Eso no ha funcionado ahora mismo',
  unavailableWhy:
    'El fallo es nuestro, no suyo. No dé nada por hecho todavía y vuelva a intentarlo dentro de un minuto. Hacerlo dos veces no causa ningún problema.',
  retry: 'Intentar de nuevo',
  busy: 'Han sido demasiadas veces seguidas',
  busyWhy: 'No se ha cambiado nada. Espere un minuto y vuelva a intentarlo.',
  limited: 'Hoy se ha cambiado demasiadas veces',
  limitedWhy:
    'Los enlaces de los correos solo permiten cambiar o deshacer algo un número limitado de veces al día. Ahora no se ha cambiado nada. Volverá a funcionar a partir del {again}.',
  limitedStop: 'Darse de baja y pausar siempre es posible.',
  tooLarge: 'Era demasiado para leer',
  tooLargeWhy:
    'El formulario contenía más de lo que cabe en él. No se ha cambiado nada. Abra la página de nuevo.',
  expired: 'Demasiado tarde para deshacer',
  expiredWhy: 'Una cancelación solo se puede deshacer poco después de hacerla. Ahora no se ha cambiado nada.',
  signUpAgain: 'Si quiere volver a recibir estos correos, suscríbase de nuevo en la página del remitente.',
  gone: 'Estos correos ya no existen',
  goneWhy:
    'El remitente ya no envía aquello para lo que servía este enlace, así que no queda nada que cancelar.',
  goneNewest: 'Si aún le llega algo, use el enlace al final del correo más reciente.',
  formFull: 'Este formulario está completo por hoy',
  formFullWhy:
    'Solo admite un número limitado de suscripciones al día. No se ha enviado ni guardado nada. Vuelva a intentarlo mañana.',
  formEnded: 'Este formulario ya no se usa',
  formEndedWhy: 'El remitente lo ha retirado. No se ha enviado ni guardado nada.',
  unconfirmed: 'Aquí no hay nada que confirmar',
  unconfirmedWhy: 'Aquello para lo que servía este enlace ha llegado a su fin. No se ha cambiado nada.',
  notFound: 'Esta página no existe',
  notFoundWhy: 'Puede que la dirección tenga una errata. No se ha cambiado nada.',
  notFoundCopy: 'Si viene de un correo, abra de nuevo su enlace o cópielo completo, hasta la última letra.',
} satisfies Translated<typeof en>
