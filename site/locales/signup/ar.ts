import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Modern Standard Arabic. No title begins with a name: its first letter would decide the direction. */
export default {
  title: 'رسائل من {sender}',
  heading: 'تلقي الرسائل من {sender}',
  lead: 'ستصل إلى عنوانك رسالة تطلب منك التأكيد. لن يُفعَّل شيء قبل الضغط على الزر الوارد فيها.',
  badAddress: 'هذا ليس عنوان بريد إلكتروني. يرجى التحقق منه.',
  noTopic: 'يرجى اختيار عنصر واحد على الأقل.',
  trapped: 'مُلئ حقل لا يراه أحد، وربما ملأه متصفحك. أصبح الحقل فارغًا من جديد: يرجى الضغط على الزر مرة أخرى.',
  agree: 'ما توافق عليه',
  agreeMeans:
    'ترسل إليك جهة {sender} ({company}) هذه الرسائل بالبريد الإلكتروني. يمكنك سحب موافقتك في أي وقت، بنقرة واحدة في كل رسالة.',

  runtime: {
    address: 'عنوان بريدك الإلكتروني',
    choose: 'ما الذي تود تلقيه؟',
    send: 'الاشتراك',
    empty: 'اترك هذا الحقل فارغًا',
    notice: 'قراءة الإشعار ({notice}، الإصدار {version})',
  },
} satisfies Translated<typeof en>
