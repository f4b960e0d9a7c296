import type { Words } from '../words.ts'

/** Modern Standard Arabic. No sentence begins with a name: in plain text its first letter decides the direction. */
export const ar: Words = {
  subject: sender => `يرجى التأكيد: رسائل من ${sender}`,
  preview: 'بموافقتك تصلك هذه الرسائل، ومن دونها لا يتغير شيء.',
  heading: sender => `هل ترغب في تلقي رسائل من ${sender}؟`,
  asked: (day, sender, source) =>
    `في ${day} أدخل شخص ما عنوانك${source ? ` في موقع ${source}` : ''} لتلقي هذه الرسائل من ${sender}:`,
  ifYou: 'إذا كان هذا الطلب منك، فيرجى تأكيده.',
  yes: 'نعم، أريد تلقي هذه الرسائل',
  hint: day => `يفتح الرابط صفحة، وهو صالح حتى ${day}. لن يتغير شيء قبل الضغط على الزر في تلك الصفحة.`,
  byHand: 'إذا لم يعمل الزر، فيرجى فتح هذا العنوان:',
  silence: 'إذا لم تفعل شيئًا، فلن يتغير شيء. هذه هي الرسالة الوحيدة بشأن هذا الطلب.',
  no: 'هذا الطلب ليس مني',
  noMeans: sender => `ينتهي الطلب، ولن يصلك أي طلب جديد من ${sender} طوال ثلاثين يومًا.`,
  notice: (name, version) => `إشعار الخصوصية (${name}، الإصدار\u00a0${version})`,
  takeBack: 'يمكنك سحب موافقتك في أي وقت، بنقرة واحدة في كل رسالة.',
  carried: sender => `أرسلها ${sender}، ونقلتها خدمة Floe.`,
}
