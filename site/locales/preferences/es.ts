import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  heading: 'Lo que {sender} puede enviarle',
  saved: 'Guardado.',
  savedMeans: 'Su elección tiene efecto desde ahora.',
  off: 'Todo está desactivado.',
  offMeans:
    '{sender} no puede enviar a {address|su dirección} ninguno de los correos siguientes, salvo lo indicado como necesario.',
  paused: 'En pausa hasta el {pausedUntil}.',
  pausedMeans: 'Hasta entonces solo llega lo indicado como necesario.',
  pausedAfter: 'Después vuelve por sí solo lo que está activado abajo.',
  mailFor: 'Estos son los correos para {address|usted}.',
  untick: 'Desmarque lo que ya no quiera y guarde.',
  topics: 'Temas',
  save: 'Guardar',
  break: '¿Necesita un descanso?',
  pauseFor: 'Pausar todo durante',
  days: { one: '{count} día', other: '{count} días' },
  pause: 'Pausar',
  done: '¿No quiere nada más?',
  doneMeans: 'Esto desactiva todos los temas, también los que {sender} añada más adelante.',
  stop: 'Detener todo',
  back: 'Volver',
  backMeans:
    'Un enlace en un correo solo puede reducir los correos, para que nadie que se haga con él pueda suscribirle. Para volver a activar algo, suscríbase de nuevo en la página del remitente, {sender}, cuando quiera.',
  blockedMeans:
    'Algunos de estos correos no se pueden volver a activar ni aquí ni con una nueva suscripción. Qué los impide, y qué de ello puede retirar usted, está en la página de sus datos, en el enlace al final de esta página.',

  ended: 'Desactivado: {ended}',
  stale: 'Desactivado entretanto en otro lugar y dejado así: {stale}',
  nothing: 'No hizo falta cambiar nada.',
  asked: 'Mire en su bandeja de entrada.',
  askedMeans:
    'Si se puede enviar una confirmación, está en camino a {address|su dirección}. No se activa nada hasta que pulse el botón que contiene. Son como máximo tres correos de este tipo al día.',
  undone: 'Deshecho.',
  undoneMeans: 'Lo que cambió su último paso vuelve a estar como antes.',
  undo: 'Deshacer',
  undoFor: 'Puede deshacerlo durante media hora.',
  pausedEnds: 'Termina por sí sola ese día. Solo «Deshacer», justo después de pausar, la termina antes.',
  askMeans:
    'Un enlace en un correo solo puede reducir los correos. Para activar algo, primero le enviamos un botón por correo, y no se envía nada hasta que lo pulse.',
  gpc: 'Su navegador pide que no se venda ni se comparta nada sobre usted (Global Privacy Control).',
  gpcSoon: 'Aquí se respeta y se registra con lo siguiente que haga.',
  gpcRecord: 'Registrarlo ahora',
  gpcRecorded: 'Registrado para {sender}: no se puede vender ni compartir nada sobre usted.',
  language: 'Idioma',
  languageLabel: 'Mostrar estas páginas y correos en',
  languageSave: 'Cambiar',
  history: 'Lo que se eligió antes',
  historyMeans:
    'Por qué recibe estos correos y qué se eligió, cuándo y dónde, solo se muestra tras un correo a su propia dirección: este enlace puede haber pasado a otras manos.',

  runtime: {
    on: 'Activado',
    leaving: 'Desactivado al guardar',
    off: 'Desactivado',
    pending: 'Sin confirmar',
    pendingWhy: 'Solicitado; no se envía antes de que lo confirme con el enlace del correo correspondiente.',
    required: 'Necesario',
    requiredWhy:
      'Se envía solo por algo que usted hizo, como un pedido, así que no se puede desactivar aquí.',
    ask: 'Activar por correo',
  },
} satisfies Translated<typeof en>
