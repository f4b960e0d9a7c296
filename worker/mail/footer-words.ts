import type { Locale } from '../../core/locale.ts'

/** What stands at the end of a mail. Names stay as they are in every language, so that no sentence asks for another case of theirs; none ends a sentence, as one may end with a full stop of its own. */
export interface FooterWords {
  unsubscribe: string
  preferences: string
  /** Why a recipient gets mail of a topic they can subscribe to. */
  subscribed: (topic: string, sender: string) => string
  /** Why a recipient gets mail they are owed, such as a receipt. */
  owed: (topic: string, sender: string) => string
  sentBy: (company: string) => string
}

/** The footer's words in each language of ours. */
export const FOOTER_WORDS: Record<Locale, FooterWords> = {
  en: {
    unsubscribe: 'Unsubscribe',
    preferences: 'Choose what you get',
    subscribed: (topic, sender) =>
      `You get this mail from ${sender} because your address is on the list “${topic}”.`,
    owed: (topic, sender) => `You get this mail as a customer of ${sender} (${topic}).`,
    sentBy: company => `Sent by ${company}`,
  },
  de: {
    unsubscribe: 'Abmelden',
    preferences: 'Auswählen, was Sie erhalten',
    subscribed: (topic, sender) =>
      `Sie erhalten diese E-Mail, weil Ihre Adresse auf der Liste „${topic}“ steht. Absender: ${sender}`,
    owed: (topic, sender) => `Sie erhalten diese E-Mail als Kundin oder Kunde. Absender: ${sender}, ${topic}`,
    sentBy: company => `Gesendet von ${company}`,
  },
  fr: {
    unsubscribe: 'Se désabonner',
    preferences: 'Choisir ce que vous recevez',
    subscribed: (topic, sender) =>
      `Vous recevez cet e-mail car votre adresse figure sur la liste « ${topic} ». Expéditeur : ${sender}`,
    owed: (topic, sender) => `Vous recevez cet e-mail en tant que client. Expéditeur : ${sender}, ${topic}`,
    sentBy: company => `Envoyé par ${company}`,
  },
  es: {
    unsubscribe: 'Cancelar la suscripción',
    preferences: 'Elegir lo que recibe',
    subscribed: (topic, sender) =>
      `Recibe este correo porque su dirección está en la lista «${topic}». Remitente: ${sender}`,
    owed: (topic, sender) => `Recibe este correo como cliente. Remitente: ${sender}, ${topic}`,
    sentBy: company => `Enviado por ${company}`,
  },
  it: {
    unsubscribe: 'Annulla l’iscrizione',
    preferences: 'Scegli che cosa ricevere',
    subscribed: (topic, sender) =>
      `Ricevi questa e-mail perché il tuo indirizzo è nella lista «${topic}». Mittente: ${sender}`,
    owed: (topic, sender) => `Ricevi questa e-mail come cliente. Mittente: ${sender}, ${topic}`,
    sentBy: company => `Inviato da ${company}`,
  },
  'pt-BR': {
    unsubscribe: 'Cancelar inscrição',
    preferences: 'Escolher o que você recebe',
    subscribed: (topic, sender) =>
      `Você recebe este e-mail porque seu endereço está na lista “${topic}”. Remetente: ${sender}`,
    owed: (topic, sender) => `Você recebe este e-mail como cliente. Remetente: ${sender}, ${topic}`,
    sentBy: company => `Enviado por ${company}`,
  },
  nl: {
    unsubscribe: 'Afmelden',
    preferences: 'Kiezen wat u ontvangt',
    subscribed: (topic, sender) =>
      `U ontvangt deze e-mail omdat uw adres op de lijst ‘${topic}’ staat. Afzender: ${sender}`,
    owed: (topic, sender) => `U ontvangt deze e-mail als klant. Afzender: ${sender}, ${topic}`,
    sentBy: company => `Verzonden door ${company}`,
  },
  pl: {
    unsubscribe: 'Wypisz się',
    preferences: 'Wybierz, co otrzymujesz',
    subscribed: (topic, sender) =>
      `Otrzymujesz tę wiadomość, ponieważ Twój adres jest na liście „${topic}”. Nadawca: ${sender}`,
    owed: (topic, sender) =>
      `Otrzymujesz tę wiadomość jako klientka lub klient. Nadawca: ${sender}, ${topic}`,
    sentBy: company => `Nadawca: ${company}`,
  },
  ja: {
    unsubscribe: '配信を停止する',
    preferences: '受け取る内容を選ぶ',
    subscribed: (topic, sender) =>
      `このメールは、お客様のアドレスが「${topic}」のリストに登録されているため送信されています。送信者：${sender}`,
    owed: (topic, sender) =>
      `このメールは、お客様のお取引について送信されています。送信者：${sender}、${topic}`,
    sentBy: company => `送信元：${company}`,
  },
  ar: {
    unsubscribe: 'إلغاء الاشتراك',
    preferences: 'اختيار ما يصلك',
    subscribed: (topic, sender) =>
      `تصلك هذه الرسالة لأن عنوانك مسجل في القائمة «${topic}». المرسل: ${sender}`,
    owed: (topic, sender) => `تصلك هذه الرسالة بصفتك عميلًا. المرسل: ${sender}، ${topic}`,
    sentBy: company => `أرسلها: ${company}`,
  },
}
