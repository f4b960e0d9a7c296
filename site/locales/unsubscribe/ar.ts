import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Modern Standard Arabic. No title begins with a name: its first letter would decide the direction. */
export default {
  title: 'إلغاء الاشتراك في «{topic}» · {sender}',
  heading: 'هل تريد إلغاء الاشتراك في «{topic}»؟',
  sends: 'بعد ذلك لا يجوز لجهة {sender} إرسالها إلى {address|عنوانك}.',
  leave: 'إلغاء الاشتراك',
  stopAll: 'إلغاء الاشتراك في كل الرسائل من {sender}',
  already: 'سبق أن أُلغي اشتراكك',
  alreadyTopic: 'لم تعد رسائل «{topic}» من {sender} تصل إلى {address|عنوانك}.',
  alreadyAll: 'لا تُرسل أي أخبار أو عروض من {sender} إلى {address|عنوانك}. لا يلزمك فعل شيء آخر.',
  instead: 'اختيار ما يصلك بدلًا من ذلك',
  hint: 'لن يتغير شيء قبل الضغط على أحد الأزرار.',
  seeOff: 'عرض ما هو موقوف',

  owedTitle: '{topic} · {sender}',
  owed: 'لا يمكن إيقاف «{topic}» هنا',
  owedMeans:
    'ترسل جهة {sender} هذه الرسائل إلى {address|عنوانك} بسبب شيء فعلته، مثل طلب شراء. وستستمر في الوصول أيًا كان اختيارك هنا.',
  owedAsk: 'إذا كنت لا تريدها، فاسأل جهة {sender}: أجب عن إحدى هذه الرسائل أو راسلها مباشرة.',
  owedNoted: 'سُجّل اختيارك.',
  keptMeans: 'يسري هذا من الآن. لا يمكننا عرض المزيد في الوقت الحالي.',

  doneTitle: 'أُلغي الاشتراك · {sender}',
  done: 'أُلغي اشتراكك',
  doneTopic: 'لن ترسل جهة {sender} رسائل «{topic}» إلى {address|عنوانك} بعد الآن.',
  doneAll: 'أُلغي اشتراكك في كل شيء',
  doneAllMeans: 'لن ترسل جهة {sender} أي أخبار أو عروض إلى {address|عنوانك} بعد الآن.',
  before: 'كان اشتراكك ملغى من قبل',
  beforeTopic: 'لم تعد رسائل «{topic}» من {sender} تصل إلى {address|عنوانك}. لم تكن هناك حاجة إلى أي تغيير.',
  beforeAll: 'لا تُرسل أي أخبار أو عروض من {sender} إلى {address|عنوانك}. لم تكن هناك حاجة إلى أي تغيير.',
  effective: 'يسري هذا من الآن. قد تصلك رسالة كانت في طريقها إليك.',
  needed: 'إلغاء الاشتراك لا يوقف الرسائل المتعلقة بطلباتك أو حسابك.',
  mistake: 'ألم يكن هذا ما أردته؟',
  undo: 'تراجع',
  still: 'اختيار ما سيظل يصلك',

  undoneTitle: 'تم التراجع · {sender}',
  undone: 'تم التراجع',
  undoneTopic: '{topic} من {sender} إلى {address|عنوانك}: كل شيء كما لو أنك لم تضغط على الزر قط.',
  undoneAll: 'يمكن لجهة {sender} أن تراسل {address|عنوانك} كما في السابق. وما أوقفته قبل ذلك يبقى موقوفًا.',
  undoneStays:
    'تم التراجع عن خطوتك الأخيرة. لكن الرسائل من {sender} إلى {address|عنوانك} تبقى موقوفة، بسبب قرار اتخذته أنت أو الجهة المرسلة في وقت آخر.',
  changedMind: 'هل غيّرت رأيك؟',
  again: 'إلغاء الاشتراك مرة أخرى',
} satisfies Translated<typeof en>
