import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Spanish, with usted. */
export default {
  about: 'Acerca de Floe',
  language: 'Idioma',
  names: {
    privacy: 'Privacidad',
    changes: 'Qué ha cambiado',
    rights: 'Sus derechos',
    accessibility: 'Accesibilidad',
    companies: 'Empresas con las que trabajamos',
  },
  front: {
    title: 'Su palabra sobre el correo, cumplida',
    description:
      'Cuando se da de baja, el remitente que pregunta a Floe antes del siguiente correo recibe un no.',
    lead: 'Las empresas que le escriben usan Floe para recordar lo que usted quiere de ellas y lo que no.',
    effect:
      'Cuando se da de baja, surte efecto al instante: el remitente que pregunta a Floe antes del siguiente correo recibe un no. No necesita cuenta ni contraseña.',
    nothing:
      'En esta página no hay nada que hacer. Su propia página se abre con los enlaces al final de los mensajes que recibe.',
    documentation: 'Para las empresas que envían correos: la documentación, en inglés',
  },
  notice: {
    title: 'Aviso de privacidad',
    description: 'Qué trata Floe sobre usted, por qué, cuánto tiempo y qué puede hacer.',
    standing: 'Versión {version}, en vigor desde el {date}',
    old: 'Esta es una versión anterior. Sigue aquí porque hay consentimientos que se refieren a ella.',
    current: 'Leer la versión actual',
    translation: 'Esto es una traducción. El texto vinculante es el inglés.',
    untranslated: 'Esta versión se publicó solo en inglés.',
    english: 'Leer el texto en inglés',
    versions: 'Todas las versiones',
    version: 'Versión {version}',
    file: 'El texto como archivo',
    digest: 'Su huella SHA-256, por la que los consentimientos se refieren a él',
  },
  changes: {
    title: 'Qué ha cambiado',
    description:
      'Qué ha cambiado entre las versiones del aviso de privacidad, en palabras y línea por línea.',
    lead: 'Cada versión del aviso de privacidad permanece como se publicó. Esto es lo que cambió de una a otra.',
    between: 'De la versión {old} a la versión {new}',
    since: 'En vigor desde el {date}',
    text: 'En el texto',
    compared: 'Se compara el texto en inglés, que es el vinculante.',
    added: 'Añadido:',
    removed: 'Eliminado:',
    same: { one: '{count} párrafo es igual', other: '{count} párrafos son iguales' },
  },
  rights: {
    title: 'Sus derechos, ley por ley',
    description:
      'Qué ley le da qué derechos sobre el correo y sus datos, y cuánto puede tardar una respuesta.',
    lead: 'Qué ley se aplica depende de dónde vive usted y de quién le escribe. Floe cuenta los plazos de las leyes que el remitente ha indicado, y los del RGPD si no ha indicado ninguna.',
    here: 'Con Floe',
    stop: 'Una baja surte efecto al instante y su enlace no caduca por sí solo.',
    self: 'Usted mismo ve, rectifica, se lleva y suprime sus datos: abra su página con el enlace al final de un mensaje y elija «Sus datos».',
    optOut: 'El correo cesa en',
    link: 'Un enlace de baja funciona',
    answer: 'Las solicitudes se responden en',
    acknowledge: 'Acuse de recibo en',
    extension: 'Prórroga en casos difíciles',
    articles: 'Dónde está escrito',
    businessDays: { one: '{count} día hábil', other: '{count} días hábiles' },
    advice:
      'Los plazos son los de la ley a la fecha de esta versión. Esta página informa y no es asesoramiento jurídico.',
    laws: {
      eu: {
        name: 'Unión Europea: RGPD',
        says: 'Puede ver, rectificar, suprimir y llevarse sus datos, hacer limitar su uso, oponerse a la publicidad en todo momento y retirar un consentimiento tan fácilmente como lo dio.',
      },
      uk: {
        name: 'Reino Unido: UK GDPR y PECR',
        says: 'Los derechos son los del RGPD. La publicidad por correo necesita su consentimiento, o que sea cliente y se le haya ofrecido negarse.',
      },
      us_ca: {
        name: 'California: CCPA',
        says: 'Puede conocer, corregir y eliminar lo que se guarda sobre usted y oponerse a su venta y cesión. Global Privacy Control vale como tal oposición.',
      },
      us_canspam: {
        name: 'Estados Unidos: CAN-SPAM',
        says: 'Todo mensaje publicitario debe ofrecer una baja que no cueste nada y no exija más que una respuesta o una sola página.',
      },
      ca_casl: {
        name: 'Canadá: CASL',
        says: 'El correo comercial necesita su consentimiento, expreso o implícito, y debe nombrar al remitente y ofrecer una baja.',
      },
      ca_pipeda: {
        name: 'Canadá: PIPEDA',
        says: 'Puede ver lo que se guarda sobre usted y hacerlo corregir.',
      },
      br: {
        name: 'Brasil: LGPD',
        says: 'Puede saber qué se guarda sobre usted, verlo, corregirlo, llevárselo y eliminarlo, y retirar un consentimiento.',
      },
      au: {
        name: 'Australia: Spam Act',
        says: 'El correo comercial necesita su consentimiento, debe nombrar al remitente y ofrecer una baja sin coste ni inicio de sesión.',
      },
    },
  },
  accessibility: {
    title: 'Accesibilidad',
    description: 'Cuán accesibles son estas páginas, cómo se comprueba y qué hacer si algo no funciona.',
    lead: 'Todas las personas han de poder decir lo que quieren y que se las entienda. Estas páginas están hechas para cumplir las WCAG 2.2, nivel AA. Es nuestra propia valoración; nadie de fuera la ha certificado.',
    how: 'Cómo se comprueba',
    tests: {
      machine: 'Un programa (axe) busca fallos en cada página, en cada idioma, en claro y en oscuro.',
      keyboard: 'Cada elección se hace en un navegador real solo con el teclado, y otra vez sin JavaScript.',
      screen:
        'Las páginas se miran desde 320 píxeles, con el texto al doble, de derecha a izquierda, con colores forzados y en papel.',
      contrast:
        'Los colores de los remitentes se corrigen hasta que todo texto tiene un contraste de al menos 4,5 a 1.',
    },
    limits: 'Lo que sabemos',
    known:
      'Los nombres y descripciones los escriben los remitentes; pueden ser difíciles de leer o estar en otro idioma que la página.',
    feedback: 'Si algo no funciona',
    contact: 'Escríbanos. Diga qué página era y qué quería hacer; no hace falta que diga quién es.',
  },
  companies: {
    description: 'Las empresas que tratan datos personales para Floe, dónde están y qué hacen.',
    lead: 'Estas empresas gestionan ordenadores para Floe. Reciben, por contrato, lo que necesitan para ello y nada más.',
    country: 'País',
    does: 'Qué hace',
    edge: 'Entrega estas páginas y ejecuta el programa que hay detrás',
    database: 'Guarda la base de datos',
    mail: 'Entrega mensajes, como las confirmaciones',
  },
} satisfies Translated<typeof en>
