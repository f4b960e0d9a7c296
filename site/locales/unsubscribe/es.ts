import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  title: 'Cancelar la suscripción a «{topic}» · {sender}',
  heading: '¿Cancelar la suscripción a «{topic}»?',
  sends: '{sender} ya no podrá enviarlo a {address|su dirección}.',
  leave: 'Cancelar la suscripción',
  stopAll: 'Cancelar la suscripción a todos los correos de {sender}',
  already: 'Su suscripción ya está cancelada',
  alreadyTopic: '{sender} ya no envía «{topic}» a {address|su dirección}.',
  alreadyAll:
    'No se envían novedades ni ofertas de {sender} a {address|su dirección}. No hay nada más que hacer.',
  instead: 'Elegir en su lugar lo que recibe',
  hint: 'Nada cambia hasta que pulse un botón.',
  seeOff: 'Ver lo que está desactivado',

  owedTitle: '{topic} · {sender}',
  owed: '«{topic}» no se puede desactivar aquí',
  owedMeans:
    '{sender} envía estos correos a {address|su dirección} por algo que usted hizo, como un pedido. Siguen llegando, elija lo que elija aquí.',
  owedAsk: 'Si no los quiere, pregunte a {sender}: responda a uno de estos correos o escríbales.',
  owedNoted: 'Su elección queda registrada.',
  keptMeans: 'Esto tiene efecto desde ahora. Por el momento no podemos mostrarle más.',

  doneTitle: 'Suscripción cancelada · {sender}',
  done: 'Su suscripción queda cancelada',
  doneTopic: '{sender} ya no enviará «{topic}» a {address|su dirección}.',
  doneAll: 'Ha cancelado todas las suscripciones',
  doneAllMeans: '{sender} ya no enviará novedades ni ofertas de ningún tipo a {address|su dirección}.',
  before: 'Su suscripción ya estaba cancelada',
  beforeTopic: '{sender} ya no envía «{topic}» a {address|su dirección}. No hizo falta cambiar nada.',
  beforeAll:
    'No se envían novedades ni ofertas de {sender} a {address|su dirección}. No hizo falta cambiar nada.',
  effective: 'Tiene efecto desde ahora. Un correo que ya estuviera en camino aún puede llegar.',
  needed: 'Cancelar la suscripción no detiene los correos sobre sus pedidos o su cuenta.',
  mistake: '¿No era lo que quería?',
  undo: 'Deshacer',
  still: 'Elegir lo que sigue recibiendo',

  undoneTitle: 'Deshecho · {sender}',
  undone: 'Deshecho',
  undoneTopic:
    '{topic} de {sender} a {address|su dirección}: todo está como si nunca hubiera pulsado el botón.',
  undoneAll:
    '{sender} puede escribir a {address|su dirección} como antes. Lo que había desactivado anteriormente sigue desactivado.',
  undoneStays:
    'Su último paso se ha deshecho. Aun así, los correos de {sender} a {address|su dirección} siguen desactivados, por algo que usted o el remitente decidieron en otro momento.',
  changedMind: '¿Ha cambiado de opinión?',
  again: 'Volver a cancelar la suscripción',
} satisfies Translated<typeof en>
