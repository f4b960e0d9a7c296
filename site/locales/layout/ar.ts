import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Arabic. */
export default {
  carried: 'ما تختاره هنا بشأن {sender} تنفذه خدمة Floe. لا ملفات تعريف ارتباط ولا تتبّع.',
  plain: 'لا ملفات تعريف ارتباط ولا تتبّع.',
  website: 'الموقع الإلكتروني',
  imprint: 'البيانات القانونية',
  senderPrivacy: 'إشعار الخصوصية للمرسل',
} satisfies Translated<typeof en>
