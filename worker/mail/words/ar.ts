import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Modern Standard Arabic. No sentence begins with a name: in plain text its first letter decides the direction. */
export default {
  confirmation: {
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
  },
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
    silence: 'إذا لم يكن هذا منك، فلا داعي لفعل شيء، أو أخبرنا في تلك الصفحة: سيبقى هذا العنوان خارج الأمر.',
  },
  footer: {
    unsubscribe: 'إلغاء الاشتراك',
    preferences: 'اختيار ما يصلك',
    subscribed: (topic, sender) =>
      `تصلك هذه الرسالة لأن عنوانك مسجل في القائمة «${topic}». المرسل: ${sender}`,
    owed: (topic, sender) => `تصلك هذه الرسالة بصفتك عميلًا. المرسل: ${sender}، ${topic}`,
    sentBy: company => `أرسلها: ${company}`,
  },
} satisfies Translated<typeof en>
