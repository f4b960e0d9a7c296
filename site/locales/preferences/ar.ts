import type { Words } from '../preferences.ts'

/** Modern Standard Arabic. No title begins with a name. */
export default {
  heading: 'ما يمكن أن ترسله إليك {sender}',
  saved: 'تم الحفظ.',
  savedMeans: 'يسري اختيارك من الآن.',
  off: 'كل شيء موقوف.',
  offMeans:
    'لا يمكن لجهة {sender} أن ترسل إلى {address|عنوانك} أيًّا من الرسائل أدناه، باستثناء ما وُسم بأنه ضروري.',
  paused: 'متوقف مؤقتًا حتى {pausedUntil}.',
  pausedMeans: 'حتى ذلك الحين لا يصل إلا ما وُسم بأنه ضروري.',
  pausedAfter: 'وبعد ذلك يعود ما هو مفعّل أدناه إلى الوصول تلقائيًّا.',
  mailFor: 'هذه هي الرسائل الموجهة إلى {address|عنوانك}.',
  untick: 'أزل العلامة عما لم تعد تريده ثم احفظ.',
  topics: 'المواضيع',
  save: 'حفظ',
  break: 'هل تحتاج إلى استراحة؟',
  pauseFor: 'إيقاف كل شيء مؤقتًا لمدة',
  days: {
    zero: '{count} يوم',
    one: 'يوم واحد',
    two: 'يومين',
    few: '{count} أيام',
    many: '{count} يومًا',
    other: '{count} يوم',
  },
  pause: 'إيقاف مؤقت',
  done: 'هل اكتفيت من كل ذلك؟',
  doneMeans: 'يوقف هذا كل المواضيع، بما فيها ما قد تضيفه جهة {sender} لاحقًا.',
  stop: 'إيقاف كل شيء',
  back: 'العودة',
  backMeans:
    'لا يمكن لرابط في رسالة إلا أن يقلل الرسائل، كي لا يستطيع من يحصل عليه أن يسجّلك. لتفعيل شيء من جديد، اشترك مرة أخرى لدى جهة {sender} نفسها.',

  told: {
    on: 'مفعّل',
    leaving: 'يتوقف بعد الحفظ',
    offSince: 'موقوف منذ {day}',
    never: 'لا اشتراك',
    pending: 'غير مؤكد',
    pendingWhy: 'طُلب، ولا يُرسل قبل أن تؤكده بالرابط الموجود في الرسالة المتعلقة به.',
    required: 'ضروري',
    requiredWhy: 'يُرسل فقط بسبب شيء فعلته، مثل طلب شراء، ولذلك لا يمكن إيقافه هنا.',
  },
} satisfies Words
