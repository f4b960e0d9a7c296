import type { Words } from '../preferences.ts'

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

  told: {
    on: 'Activado',
    leaving: 'Desactivado al guardar',
    offSince: 'Desactivado desde el {day}',
    never: 'Sin suscripción',
    pending: 'Sin confirmar',
    pendingWhy: 'Solicitado; no se envía antes de que lo confirme con el enlace del correo correspondiente.',
    required: 'Necesario',
    requiredWhy:
      'Se envía solo por algo que usted hizo, como un pedido, así que no se puede desactivar aquí.',
  },
} satisfies Words
