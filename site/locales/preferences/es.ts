import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  heading: 'Preferencias de correo',
  choose: 'Elija qué correos de {sender} quiere recibir en {address|su dirección}.',
  mailFor: 'Estos son los correos de {sender} para {address|usted}.',
  saved: 'Guardado',
  ended: 'Ya no recibirá: {ended}',
  stopped: 'Ha cancelado la suscripción a todos los correos. Remitente: {sender}',
  spoken: 'El idioma ha cambiado.',
  stale: 'Ya estaba desactivado antes: {stale}',
  nothing: 'No había nada que cambiar.',
  asked: 'Revise su bandeja de entrada',
  askedMeans:
    'Si podemos enviar una confirmación, está en camino a {address|su dirección}. No se activa nada hasta que la confirme. Enviamos como máximo tres correos de este tipo al día.',
  undone: 'Cambio deshecho',
  undoneMeans: 'Lo que cambió su último paso vuelve a estar como antes.',
  undo: 'Deshacer',
  refused: 'El resto no se ha cambiado. Inténtelo de nuevo más tarde.',
  off: 'Todos los correos de {sender} que figuran abajo están desactivados.',
  stillRequired: 'Lo indicado como obligatorio aún puede llegar.',
  paused: 'En pausa hasta el {pausedUntil}.',
  pausedMeans: 'Hasta entonces solo llega lo indicado como obligatorio.',
  pausedAfter: 'Después vuelven los correos marcados abajo.',
  topics: 'Correos',
  save: 'Guardar cambios',
  stop: 'Cancelar todas las suscripciones',
  stopMeans: 'Incluye los correos que {sender} añada más adelante.',
  pause: 'Pausar los correos',
  pauseLonger: 'Alargar la pausa',
  days: { one: '{count} día', other: '{count} días' },
  askMeans:
    'Para activar un correo, primero le enviamos un enlace de confirmación. No se activa nada hasta que lo confirme.',
  back: 'Volver a suscribirse',
  backMeans:
    'Un enlace en un correo solo puede dar de baja, para que nadie que se haga con él pueda suscribirle. Para volver a recibir alguno, suscríbase de nuevo en la página del remitente, {sender}, cuando quiera.',
  blockedMeans:
    'Algunos de estos correos no se pueden volver a activar ni aquí ni con una nueva suscripción. Qué los impide, y qué de ello puede retirar usted, está en la página de sus datos, en el enlace al final de esta página.',
  gpc: 'Su navegador pide que sus datos no se vendan ni se compartan (Global Privacy Control).',
  gpcSoon: 'Aquí se respeta y se registra con lo siguiente que haga.',
  gpcRecord: 'Registrarlo ahora',
  gpcRecorded: 'Registrado para {sender}: sus datos no se pueden vender ni compartir.',
  language: 'Idioma',
  why: '¿Por qué recibo estos correos?',
  whyMeans:
    'Este enlace puede haber pasado a otras manos. Por eso el motivo, y qué se eligió, cuándo y dónde, solo se muestra tras un correo a su propia dirección.',

  runtime: {
    leaving: 'Se desactivará',
    off: 'Desactivado',
    pending: 'Sin confirmar',
    pendingWhy: 'Solicitado; no se envía antes de que lo confirme con el enlace del correo correspondiente.',
    required: 'Obligatorio',
    requiredWhy: 'Se envía por algo que usted hizo, como un pedido, así que no se puede desactivar aquí.',
    ask: 'Activar',
  },
} satisfies Translated<typeof en>
