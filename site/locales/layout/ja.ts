import type { Words } from '../layout.ts'

/** Japanese. */
export default {
  carried:
    '{sender}について、ここでお選びになった内容はFloeが実行します。Cookieもトラッキングも使用していません。',
  plain: 'Cookieもトラッキングも使用していません。',
} satisfies Words
