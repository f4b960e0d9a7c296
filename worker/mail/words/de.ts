import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** German, with Sie. */
export default {
  confirmation: {
    subject: sender => `Bitte bestätigen: E-Mails von ${sender}`,
    preview: 'Mit Ihrem Ja erhalten Sie diese E-Mails, ohne Ihr Ja ändert sich nichts.',
    heading: sender => `Darf ${sender} Ihnen schreiben?`,
    asked: (day, sender, source) =>
      `Am ${day} hat jemand${source ? ` auf ${source}` : ''} Ihre Adresse eingetragen, um dies von ${sender} zu erhalten:`,
    ifYou: 'Wenn Sie das waren, bestätigen Sie es bitte.',
    yes: 'Ja, ich möchte diese E-Mails',
    hint: day =>
      `Der Link öffnet eine Seite und gilt bis zum ${day}. Erst Ihr Klick auf die Schaltfläche dort ändert etwas.`,
    byHand: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:',
    silence: 'Wenn Sie nichts tun, ändert sich nichts. Dies ist die einzige E-Mail zu dieser Anfrage.',
    no: 'Das war ich nicht',
    noMeans: sender => `Die Anfrage endet, und von ${sender} erreicht Sie 30\u00a0Tage lang keine neue.`,
    notice: (name, version) => `Datenschutzhinweise (${name}, Version\u00a0${version})`,
    takeBack: 'Sie können Ihr Ja jederzeit widerrufen, mit einem Klick in jeder E-Mail.',
    carried: sender => `Gesendet von ${sender}, übermittelt durch Floe.`,
  },
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
  footer: {
    unsubscribe: 'Abmelden',
    preferences: 'Auswählen, was Sie erhalten',
    subscribed: (topic, sender) =>
      `Sie erhalten diese E-Mail, weil Ihre Adresse auf der Liste „${topic}“ steht. Absender: ${sender}`,
    owed: (topic, sender) => `Sie erhalten diese E-Mail als Kundin oder Kunde. Absender: ${sender}, ${topic}`,
    sentBy: company => `Gesendet von ${company}`,
  },
} satisfies Translated<typeof en>
