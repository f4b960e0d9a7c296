import type { Locale } from '../../core/locale.ts'

/** What a mail of this kind says. Nothing here may ask for another case or article of a name. */
export interface RightsWords {
  subject: (sender: string) => string
  /** What an inbox shows beside the subject. */
  preview: string
  heading: (sender: string) => string
  asked: (sender: string) => string
  yes: string
  /** What the link does, and until when. */
  hint: (day: string) => string
  silence: string
}

type Both = Record<'access' | 'correction', RightsWords>

const WORDS: Record<Locale, Both> = {
  en: {
    access: {
      subject: sender => `Open your data: ${sender}`,
      preview: 'The link works once, for 15 minutes.',
      heading: sender => `See what ${sender} keeps about you`,
      asked: sender =>
        `Somebody entered your address on your page at ${sender} to see, take along, correct or erase the data kept about you.`,
      yes: 'Open my data',
      hint: () =>
        'The link opens a page and works once, for 15\u00a0minutes after this mail was sent. Nothing is shown until you press the button there.',
      silence:
        'If it was not you, do nothing: nobody sees anything. Do not pass this mail on, whoever has it can open your data.',
    },
    correction: {
      subject: sender => `Please confirm your new address: ${sender}`,
      preview: 'Say yes and this address takes the place of the old one.',
      heading: sender => `Shall ${sender} use this address for you?`,
      asked: sender =>
        `Somebody asked ${sender} to use this address from now on, in place of an earlier one.`,
      yes: 'Look and confirm',
      hint: day =>
        `The link opens a page and works until ${day}. Nothing changes until you press the button there.`,
      silence: 'If it was not you, do nothing, or say so on that page: then this address stays out of it.',
    },
  },
  de: {
    access: {
      subject: sender => `Ihre Daten öffnen: ${sender}`,
      preview: 'Der Link gilt einmal, 15 Minuten lang.',
      heading: sender => `Sehen Sie, was ${sender} über Sie speichert`,
      asked: sender =>
        `Jemand hat Ihre Adresse auf Ihrer Seite bei ${sender} eingegeben, um die Daten über Sie zu sehen, mitzunehmen, zu berichtigen oder zu löschen.`,
      yes: 'Meine Daten öffnen',
      hint: () =>
        'Der Link öffnet eine Seite und gilt einmal, 15\u00a0Minuten ab dem Versand dieser E-Mail. Erst Ihr Klick auf die Schaltfläche dort zeigt etwas.',
      silence:
        'Wenn Sie das nicht waren, tun Sie nichts: Niemand sieht etwas. Leiten Sie diese E-Mail nicht weiter, denn wer sie hat, kann Ihre Daten öffnen.',
    },
    correction: {
      subject: sender => `Bitte bestätigen Sie Ihre neue Adresse: ${sender}`,
      preview: 'Mit Ihrem Ja tritt diese Adresse an die Stelle der alten.',
      heading: sender => `Soll ${sender} für Sie diese Adresse verwenden?`,
      asked: sender =>
        `Jemand hat darum gebeten, dass ${sender} von nun an diese Adresse statt einer früheren verwendet.`,
      yes: 'Ansehen und bestätigen',
      hint: day =>
        `Der Link öffnet eine Seite und gilt bis zum ${day}. Erst Ihr Klick auf die dortige Schaltfläche ändert etwas.`,
      silence:
        'Wenn Sie das nicht waren, tun Sie nichts oder sagen Sie es auf jener Seite: Dann bleibt diese Adresse außen vor.',
    },
  },
  fr: {
    access: {
      subject: sender => `Ouvrir vos données\u00a0: ${sender}`,
      preview: 'Le lien fonctionne une seule fois, pendant 15 minutes.',
      heading: sender => `Voyez ce que ${sender} conserve sur vous`,
      asked: sender =>
        `Quelqu’un a saisi votre adresse sur votre page chez ${sender} pour voir, emporter, rectifier ou effacer les données conservées sur vous.`,
      yes: 'Ouvrir mes données',
      hint: () =>
        'Le lien ouvre une page et fonctionne une seule fois, pendant 15\u00a0minutes après l’envoi de cet e-mail. Rien n’est montré tant que vous n’y avez pas appuyé sur le bouton.',
      silence:
        'Si ce n’était pas vous, ne faites rien\u00a0: personne ne verra rien. Ne transférez pas cet e-mail, car quiconque l’a peut ouvrir vos données.',
    },
    correction: {
      subject: sender => `Merci de confirmer votre nouvelle adresse\u00a0: ${sender}`,
      preview: 'Dites oui et cette adresse remplace l’ancienne.',
      heading: sender => `Autorisez-vous ${sender} à utiliser cette adresse pour vous\u00a0?`,
      asked: sender =>
        `Quelqu’un a demandé à ${sender} d’utiliser désormais cette adresse à la place d’une ancienne.`,
      yes: 'Voir et confirmer',
      hint: day =>
        `Le lien ouvre une page et fonctionne jusqu’au ${day}. Rien ne change avant que vous y appuyiez sur le bouton.`,
      silence:
        'Si ce n’était pas vous, ne faites rien, ou dites-le sur cette page\u00a0: cette adresse restera alors hors de cause.',
    },
  },
  es: {
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
      asked: sender =>
        `Alguien pidió a ${sender} que use en adelante esta dirección en lugar de una anterior.`,
      yes: 'Ver y confirmar',
      hint: day =>
        `El enlace abre una página y funciona hasta el ${day}. Nada cambia mientras no pulse el botón que hay allí.`,
      silence:
        'Si no fue usted, no haga nada o dígalo en esa página: entonces esta dirección queda al margen.',
    },
  },
  it: {
    access: {
      subject: sender => `Apra i Suoi dati: ${sender}`,
      preview: 'Il link funziona una sola volta, per 15 minuti.',
      heading: sender => `Ecco come vedere che cosa ${sender} conserva su di Lei`,
      asked: sender =>
        `Qualcuno ha inserito il Suo indirizzo nella Sua pagina presso ${sender} per vedere, portare con sé, correggere o cancellare i dati conservati su di Lei.`,
      yes: 'Apri i miei dati',
      hint: () =>
        'Il link apre una pagina e funziona una sola volta, per 15\u00a0minuti dall’invio di questa e-mail. Non viene mostrato nulla finché non preme il pulsante che vi si trova.',
      silence:
        'Se non è stato Lei, non faccia nulla: nessuno vedrà niente. Non inoltri questa e-mail, perché chi la possiede può aprire i Suoi dati.',
    },
    correction: {
      subject: sender => `Confermi il Suo nuovo indirizzo: ${sender}`,
      preview: 'Dica di sì e questo indirizzo prenderà il posto del precedente.',
      heading: sender => `${sender} può usare questo indirizzo per Lei?`,
      asked: sender =>
        `Qualcuno ha chiesto a ${sender} di usare d’ora in poi questo indirizzo al posto di uno precedente.`,
      yes: 'Guarda e conferma',
      hint: day =>
        `Il link apre una pagina. Nulla cambia prima che Lei prema il pulsante che vi si trova. Scadenza: ${day}.`,
      silence:
        'Se non è stato Lei, non faccia nulla o lo dica in quella pagina: questo indirizzo ne resterà fuori.',
    },
  },
  'pt-BR': {
    access: {
      subject: sender => `Abra seus dados: ${sender}`,
      preview: 'O link funciona uma única vez, por 15 minutos.',
      heading: sender => `Veja o que ${sender} guarda sobre você`,
      asked: sender =>
        `Alguém informou seu endereço na sua página em ${sender} para ver, levar, corrigir ou apagar os dados guardados sobre você.`,
      yes: 'Abrir meus dados',
      hint: () =>
        'O link abre uma página e funciona uma única vez, por 15\u00a0minutos após o envio deste e-mail. Nada é mostrado até você clicar no botão que está lá.',
      silence:
        'Se não foi você, não faça nada: ninguém verá nada. Não encaminhe este e-mail, pois quem o tiver pode abrir seus dados.',
    },
    correction: {
      subject: sender => `Confirme, por favor, seu novo endereço: ${sender}`,
      preview: 'Diga sim e este endereço toma o lugar do antigo.',
      heading: sender => `${sender} pode usar este endereço para você?`,
      asked: sender =>
        `Alguém pediu a ${sender} que use, de agora em diante, este endereço no lugar de um anterior.`,
      yes: 'Ver e confirmar',
      hint: day =>
        `O link abre uma página e funciona até ${day}. Nada muda enquanto você não clicar no botão que está lá.`,
      silence: 'Se não foi você, não faça nada ou diga isso naquela página: este endereço fica de fora.',
    },
  },
  nl: {
    access: {
      subject: sender => `Uw gegevens openen: ${sender}`,
      preview: 'De link werkt één keer, 15 minuten lang.',
      heading: sender => `Bekijk wat ${sender} over u bewaart`,
      asked: sender =>
        `Iemand heeft uw adres ingevuld op uw pagina bij ${sender} om de gegevens over u te zien, mee te nemen, te verbeteren of te wissen.`,
      yes: 'Mijn gegevens openen',
      hint: () =>
        'De link opent een pagina en werkt één keer, 15\u00a0minuten lang na het versturen van deze e-mail. Er wordt pas iets getoond als u daar op de knop drukt.',
      silence:
        'Was u dat niet? Doe dan niets: niemand krijgt iets te zien. Stuur deze e-mail niet door, want wie hem heeft kan uw gegevens openen.',
    },
    correction: {
      subject: sender => `Graag uw nieuwe adres bevestigen: ${sender}`,
      preview: 'Zeg ja en dit adres komt in de plaats van het oude.',
      heading: sender => `Mag ${sender} dit adres voor u gebruiken?`,
      asked: sender =>
        `Iemand heeft gevraagd of ${sender} voortaan dit adres wil gebruiken in plaats van een eerder adres.`,
      yes: 'Bekijken en bevestigen',
      hint: day =>
        `De link opent een pagina en werkt tot ${day}. Er verandert niets voordat u daar op de knop drukt.`,
      silence: 'Was u dat niet? Doe dan niets, of zeg het op die pagina: dit adres blijft er dan buiten.',
    },
  },
  pl: {
    access: {
      subject: sender => `Dostęp do Państwa danych: nadawca ${sender}`,
      preview: 'Link działa jeden raz, przez 15 minut.',
      heading: sender => `Co przechowuje o Państwu nadawca ${sender}?`,
      asked: sender =>
        `Ktoś wpisał Państwa adres na Państwa stronie u nadawcy ${sender}, aby zobaczyć, pobrać, sprostować lub usunąć przechowywane o Państwu dane.`,
      yes: 'Otwórz moje dane',
      hint: () =>
        'Link otwiera stronę i działa jeden raz, przez 15\u00a0minut od wysłania tej wiadomości. Dopiero naciśnięcie przycisku na tej stronie coś pokazuje.',
      silence:
        'Jeśli to nie Państwo, prosimy nic nie robić: nikt niczego nie zobaczy. Prosimy nie przekazywać tej wiadomości dalej, bo kto ją ma, może otworzyć Państwa dane.',
    },
    correction: {
      subject: sender => `Prosimy o potwierdzenie nowego adresu: nadawca ${sender}`,
      preview: 'Po potwierdzeniu ten adres zastąpi poprzedni.',
      heading: sender => `Czy nadawca ${sender} ma używać tego adresu dla Państwa?`,
      asked: sender =>
        `Ktoś poprosił, aby nadawca ${sender} używał odtąd tego adresu zamiast wcześniejszego.`,
      yes: 'Zobacz i potwierdź',
      hint: day =>
        `Link otwiera stronę i działa do ${day}\u00a0r. Nic się nie zmieni przed naciśnięciem przycisku na tej stronie.`,
      silence:
        'Jeśli to nie Państwo, prosimy nic nie robić albo powiedzieć o tym na tej stronie: ten adres pozostanie wtedy poza sprawą.',
    },
  },
  ja: {
    access: {
      subject: sender => `お客様のデータを開く：${sender}`,
      preview: 'リンクは1回だけ、15分間有効です。',
      heading: sender => `${sender}が保管しているお客様のデータ`,
      asked: sender =>
        `どなたかが${sender}のお客様のページでこのメールアドレスを入力し、保管されているデータの閲覧、持ち出し、訂正または消去を求めました。`,
      yes: '自分のデータを開く',
      hint: () =>
        'リンクを開くとページが表示されます。このメールの送信から15分間、1回だけ有効です。そのページでボタンを押すまで、何も表示されません。',
      silence:
        'お心当たりがなければ、何もしないでください。誰にも何も見えません。このメールを持つ人はデータを開けるため、転送しないでください。',
    },
    correction: {
      subject: sender => `新しいメールアドレスをご確認ください：${sender}`,
      preview: '「はい」を選ぶと、このアドレスが以前のものに代わります。',
      heading: sender => `${sender}がこのアドレスを使ってもよろしいですか？`,
      asked: sender =>
        `どなたかが、今後は以前のアドレスの代わりにこのアドレスを使うよう、${sender}に求めました。`,
      yes: '内容を見て確認する',
      hint: day =>
        `リンクは${day}まで有効で、開くとページが表示されます。そこでボタンを押すまで、何も変わりません。`,
      silence:
        'お心当たりがなければ、何もしないか、そのページでお知らせください。このアドレスは使われません。',
    },
  },
  ar: {
    access: {
      subject: sender => `فتح بياناتك: ${sender}`,
      preview: 'يعمل الرابط مرة واحدة، لمدة 15 دقيقة.',
      heading: sender => `ما الذي يحتفظ به ${sender} عنك`,
      asked: sender =>
        `أدخل شخص ما عنوانك في صفحتك لدى ${sender} للاطلاع على البيانات المحفوظة عنك أو أخذها أو تصحيحها أو محوها.`,
      yes: 'افتح بياناتي',
      hint: () =>
        'يفتح الرابط صفحة، ويعمل مرة واحدة، لمدة 15\u00a0دقيقة من إرسال هذه الرسالة. لن يُعرض شيء قبل الضغط على الزر في تلك الصفحة.',
      silence:
        'إذا لم يكن هذا منك، فلا داعي لفعل شيء: لن يرى أحد شيئًا. يرجى عدم إعادة توجيه هذه الرسالة، فمن يملكها يستطيع فتح بياناتك.',
    },
    correction: {
      subject: sender => `يرجى تأكيد عنوانك الجديد: ${sender}`,
      preview: 'بموافقتك يحل هذا العنوان محل العنوان القديم.',
      heading: sender => `هل يستخدم ${sender} هذا العنوان من أجلك؟`,
      asked: sender => `طلب شخص ما من ${sender} استخدام هذا العنوان من الآن فصاعدًا بدلًا من عنوان سابق.`,
      yes: 'اطلع وأكّد',
      hint: day => `يفتح الرابط صفحة، وهو صالح حتى ${day}. لا يتغير شيء ما لم تضغط على الزر في تلك الصفحة.`,
      silence:
        'إذا لم يكن هذا منك، فلا داعي لفعل شيء، أو أخبرنا في تلك الصفحة: سيبقى هذا العنوان خارج الأمر.',
    },
  },
}

/** Returns what these mails say in a language. */
export const rightsWordsOf = (locale: Locale): Both => WORDS[locale]
