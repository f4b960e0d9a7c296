import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  toData: 'Ver, corregir o borrar sus datos',
  askTitle: 'Sus datos · {sender}',
  ask: 'Sus datos en {sender}',
  askMeans:
    'Vea todo lo que se guarda sobre usted, lléveselo, corríjalo, limite su uso o haga que se borre. El enlace que trae aquí puede haberse reenviado, así que primero enviamos un correo a su dirección. El enlace de ese correo abre sus datos una sola vez, durante 15 minutos.',
  yourAddress: 'Su dirección de correo',
  noAddress: 'Eso no es una dirección de correo. Revísela, por favor.',
  send: 'Enviarme el enlace',
  look: 'Mire su correo',
  lookMeans:
    'Si es la dirección a la que pertenece esta página, un correo con un enlace está en camino. Si no llega en unos minutos, mire en el correo no deseado y revise cómo la escribió. Hay como mucho tres al día.',
  noMail: 'Desde aquí no se puede enviar correo',
  noMailMeans:
    '{sender} tendría que enviarle este enlace y no puede hacerlo desde aquí. Responda a cualquiera de sus correos y pida sus datos: allí tiene los mismos derechos, con los mismos plazos.',
  toPreferences: 'Volver a lo que recibe',

  accessTitle: 'Abrir sus datos · {sender}',
  access: '¿Abrir sus datos?',
  accessMeans:
    'Verá todo lo que {sender} ({company}) guarda aquí sobre usted y podrá cambiarlo o borrarlo. El enlace funciona una sola vez, y lo que abre se cierra a los 15 minutos.',
  open: 'Abrir mis datos',
  accessHint: 'No se muestra nada hasta que pulse el botón.',

  used: 'Este enlace ya se usó',
  usedMeans:
    'Funciona una sola vez, para que nadie que encuentre el correo más tarde pueda abrir sus datos. Ahora no se cambió nada. Si no fue usted quien lo usó, pida uno nuevo y mire qué ocurrió.',
  ran: 'Este enlace ha caducado',
  ranMeans: 'Funciona poco tiempo después de enviarse su correo. Ahora no se cambió nada.',
  over: 'Esta página se ha cerrado',
  overMeans:
    'Queda abierta 15 minutos, o hasta que sus datos se borren o se trasladen. Ahora no se cambió nada.',
  howNew:
    'Para un enlace nuevo, abra al final de cualquier correo del remitente la página donde elige qué recibe, y vaya allí a sus datos.',

  title: 'Sus datos · {sender}',
  heading: 'Lo que se guarda sobre usted',
  means:
    'Esto es todo lo que {sender} ({company}) guarda aquí sobre usted. La página se cierra a los 15 minutos y nada de ella queda en este navegador.',
  done: 'Hecho.',
  didRestrict: 'Nadie de {company} puede usar ahora sus datos.',
  didObject: 'Sus datos ya no se usan para enviarle publicidad.',
  didLift: 'Queda sin efecto.',
  didLanguage: 'A partir de ahora le escribimos en este idioma.',
  didRequest: 'Su solicitud está en manos de {sender}, que debe responder antes del {due}.',
  didCorrect:
    'Si se puede preguntar a la nueva dirección, un correo va en camino. Nada se traslada antes de que diga que sí.',

  address: 'Su dirección',
  addressKept: 'Se guarda cifrada, para poder escribirle.',
  addressNot: 'Aquí no se guarda: solo una forma irreconocible que permite reconocerla de nuevo.',
  topics: 'Sus suscripciones',
  whyUnknown:
    'Aquí no consta de dónde tiene {sender} su dirección. Puede preguntárselo al remitente y oponerse a la publicidad más abajo.',
  stops: 'Lo que le evita correos',
  optedOut: 'Registrado el {optedOut} para {sender}: no se puede vender ni compartir nada sobre usted.',
  requests: 'Sus solicitudes',
  history: 'Lo que ocurrió, lo más reciente primero',
  historyShow: 'Mostrar lo que ocurrió',
  historyOlder: 'Mostrar entradas anteriores',
  historyNewest: 'Volver a las más recientes',
  andMore: 'Hay más. La copia que se ofrece abajo las contiene todas.',
  nothing: 'Nada.',

  take: 'Llevarse los datos',
  takeMeans: 'Todo, también lo que no cabe en esta página, para guardarlo o dárselo a otra persona.',
  takeJson: 'Para programas (JSON)',
  takePage: 'Para leer (HTML)',

  correct: 'Corregir su dirección',
  correctMeans:
    'Primero se pregunta a la nueva dirección. Cuando dice que sí, todo se traslada allí, también lo que evita correos, y la anterior se olvida.',
  newAddress: 'Nueva dirección de correo',
  badAddress: 'Eso no es otra dirección de correo. Revísela, por favor.',
  correctSend: 'Preguntar a la nueva dirección',
  language: 'Idioma',
  languageMeans: 'En el que le escribimos',
  languageSet: 'Usar este idioma',

  restrict: 'Limitar el uso de sus datos',
  restrictMeans:
    'Nadie de {company} podrá entonces enviarle nada, ni siquiera un recibo, hasta que lo levante aquí. Sus datos solo se guardan.',
  restrictSet: 'Limitar',
  restricted: 'Su uso está limitado: nadie de {company} puede enviarle nada.',
  restrictLift: 'Levantar la limitación',
  object: 'Oponerse a la publicidad',
  objectMeans:
    'Sus datos ya no se usan entonces para enviarle publicidad. Los recibos y similares siguen llegando.',
  objectSender: 'Oponerse en {sender}',
  objectCompany: 'Oponerse en todo {company}',
  objected: 'Usted se ha opuesto, y eso vale.',
  objectLift: 'Retirar la oposición',
  refusing:
    'Después de eso, {sender} no puede enviarle otra solicitud durante 30\u00a0días, sea quien sea quien le inscriba.',
  refusingLift: 'Permitir que {sender} vuelva a preguntarme',
  complaining:
    '{sender} no puede enviarle nada, ni siquiera un recibo, hasta que usted retire la queja. Algunos programas de correo se quejan cuando usted mueve un correo a la carpeta de spam.',
  complaintLift: 'Retirar la queja',

  more: 'Pedir más a {sender}',
  moreMeans:
    'Lo que {sender} guarda en otros lugares no se conoce aquí. Su solicitud va allí con su dirección y debe responderse antes del {due}.',
  what: 'Lo que desea',
  wantAccess: 'Díganme qué más guardan sobre mí',
  wantCorrection: 'Algo está mal o falta',
  wantErasure: 'Borren lo que guardan en otros lugares',
  message: 'De qué se trata',
  badMessage:
    'Diga, por favor, de qué se trata, en 2000 caracteres como mucho. Como mucho esperan 10 solicitudes a la vez.',
  moreSend: 'Enviar la solicitud',

  erase: 'Borrar todo',
  eraseMeans:
    'La página siguiente dice qué desaparece y qué queda. No ocurre nada antes de que pulse el botón que hay allí.',
  eraseNext: 'Seguir para borrar',

  eraseTitle: 'Borrar sus datos · {sender}',
  eraseHeading: '¿Borrar sus datos?',
  goes: 'Esto desaparece para siempre',
  goesAddress: 'Su dirección.',
  goesEvidence:
    'La clave de todo lo que muestra cómo dio su consentimiento, como direcciones de internet, navegadores y lo que escribió: nadie puede leerlo ya.',
  goesChoices: 'Sus suscripciones, altas pendientes, idioma y solicitudes.',
  stays: 'Esto queda',
  staysStop:
    'Que nadie de {company} puede escribirle, mediante una forma irreconocible de su dirección que no nombra a nadie.',
  staysLedger: 'Que todo esto ocurrió, y cuándo, sin su dirección y sin lo que lo mostraba.',
  elsewhere:
    'Pedir también a {sender} que borre antes del {due} lo que guarda en otros lugares. Para ello recibe su dirección, que se guarda aquí cifrada hasta que lo haya hecho.',
  noUndo: 'Esto no se puede deshacer.',
  eraseNow: 'Borrar todo ahora',
  goBack: 'Volver y conservarlo',

  erasedTitle: 'Borrado · {sender}',
  erased: 'Sus datos están borrados',
  erasedMeans:
    'Su dirección, la clave de lo que mostraba su consentimiento y lo que eligió ya no existen. Lo que queda: nadie de {company} puede escribirle, y que esto ocurrió, sin nombre.',
  copiesBy:
    'En registros y copias de seguridad quedan copias cifradas durante un tiempo. A más tardar el {gone} se destruyen sus claves, y sus datos son ilegibles en todas las copias.',
  copiesOpen:
    'En registros y copias de seguridad quedan copias cifradas más tiempo. No hay una fecha fijada en la que sean ilegibles.',
  erasedElsewhere: 'Se pidió a {sender} que borre antes del {due} lo que guarda en otros lugares.',
  erasedBack: 'Si un día quiere de nuevo estos correos, suscríbase otra vez. Empieza de cero.',

  moveTitle: 'Una nueva dirección · {sender}',
  move: '¿Quiere que {sender} use esta dirección para usted?',
  moveMeans:
    'Alguien que recibía correos de {sender} en otra dirección quiere recibirlos aquí. Si dice que sí, llegará aquí esto:',
  moveNone: 'Alguien que trataba con {sender} con otra dirección quiere que se le conozca por esta.',
  moveStops: 'Lo que allí estaba detenido sigue detenido, también aquí.',
  moveYes: 'Sí, es mi dirección',
  moveNo: 'No fui yo',
  moveHint: 'Nada cambia hasta que pulse un botón. El enlace funciona durante 7\u00a0días.',
  movedTitle: 'Corregido · {sender}',
  moved: 'Su dirección está corregida',
  movedMeans:
    'Todo se ha trasladado aquí y la dirección anterior se ha olvidado. Se pidió a {sender} que la corrija también en otros lugares.',
  stayed: 'No se cambió nada',
  stayedMeans: 'Esta dirección queda al margen y se olvida.',
  late: 'Es demasiado tarde para esto',
  lateMeans: 'El enlace ha caducado u otro ocupó su lugar. Ahora no se cambió nada.',

  runtime: {
    confirmed: 'Suscrito',
    pending: 'Aún sin confirmar',
    ended: 'Terminado',
    expired: 'Caducado',
    since: 'desde el {day}',
    until: 'hasta el {day}',
    whyConfirmed: 'El {since} confirmó estos correos, que se habían pedido en {source} con esta dirección.',
    whyExpress: '{sender} tiene registrado que usted aceptó estos correos el {since}.',
    whyPurchase: '{sender} tiene registrado que usted se hizo cliente el {since}.',
    whyInquiry: '{sender} tiene registrado que usted hizo una consulta el {since}.',
    whySoft: '{sender} tiene registrado que usted dio esta dirección en una compra el {since}.',
    whyContract:
      '{sender} tiene registrado que estos correos forman parte de un contrato con usted desde el {since}.',
    whyInterest: '{sender} tiene registrado un interés legítimo en escribirle desde el {since}.',

    legal: 'La ley',
    complained: 'Usted se quejó de un correo',
    perhapsComplained: 'Alguien se quejó de un correo, quizá usted',
    bounced: 'Un correo para usted fue devuelto',
    objected: 'Usted se opuso',
    unsubscribed: 'Usted se dio de baja',
    imported: 'Traído de antes',
    manual: 'Anotado por el remitente',
    paused: 'Usted hizo una pausa',
    restricted: 'Usted limitó el uso de sus datos',
    everywhere: 'todos',

    access: 'Ver sus datos',
    rectification: 'Corregir sus datos',
    erasure: 'Borrar sus datos',
    restriction: 'Limitar su uso',
    portability: 'Llevarse sus datos',
    objection: 'Oponerse a su uso',
    due: 'Debe responderse antes del {day}',
    overdue: 'Debió responderse antes del {day}',
    fulfilled: 'Hecho el {day}',
    partlyFulfilled: 'Hecho en parte el {day}',
    refused: 'Denegado el {day}',
    notIdentified: 'Cerrado el {day}: no se le pudo identificar',
    moot: 'Cerrado el {day}',

    stopped: 'Se detuvieron correos',
    lifted: 'Se levantó una detención',
    asked: 'Se le pidió una confirmación',
    agreed: 'Usted dio su consentimiento',
    granted: 'El remitente anotó su consentimiento',
    declined: 'Usted dijo que no fue usted',
    withdrew: 'Usted retiró su consentimiento',
    restored: 'Su consentimiento volvió a valer',
    ranOut: 'Un consentimiento o una solicitud caducó',
    mailed: 'Se le envió un correo con un enlace',
    undeliverable: 'Un correo con un enlace no pudo enviarse',
    wanted: 'Usted pidió algo sobre sus datos',
    opened: 'Se abrieron sus datos',
    took: 'Usted se llevó sus datos',
    corrected: 'Se corrigió su dirección',
    answered: 'El remitente respondió a su solicitud',
    missed: 'Un plazo pasó sin respuesta',
    chose: 'Usted eligió algo sobre sí',
    optedOut: 'Oposición a la venta y a la cesión',

    ip: 'Dirección de internet',
    userAgent: 'Navegador',
    page: 'Página',
    form: 'Formulario',
    wording: 'Lo que aceptó',
    written: 'Lo que escribió',
    proof: 'Qué más lo muestra',
    gone: 'Lo que lo mostraba ya no puede leerse.',
  },
} satisfies Translated<typeof en>
