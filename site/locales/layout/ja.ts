import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese. */
export default {
  carried:
    '{sender}について、ここでお選びになった内容はFloeが実行します。Cookieもトラッキングも使用していません。',
  plain: 'Cookieもトラッキングも使用していません。',
  website: 'ウェブサイト',
  imprint: '運営者情報',
  senderPrivacy: '差出人のプライバシー通知',
} satisfies Translated<typeof en>
