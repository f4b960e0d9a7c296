import type { Words } from '../words.ts'

/** German, with Sie. */
export const de: Words = {
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
}
