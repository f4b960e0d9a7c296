import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  title: '{sender}からのメール',
  heading: '{sender}からのメールを受け取る',
  lead: 'ご入力のアドレスに確認のメールが届きます。その中のボタンを押すまで、何も始まりません。',
  badAddress: 'メールアドレスの形ではありません。もう一度ご確認ください。',
  noTopic: '一つ以上お選びください。',
  trapped:
    '見えない欄に入力がありました。ブラウザーが入力したのかもしれません。欄は空に戻しましたので、もう一度ボタンを押してください。',
  agree: '同意いただくこと',
  agreeMeans:
    '{sender}（{company}）がこのメールをお送りします。どのメールからもワンクリックで、いつでも取り消せます。',

  runtime: {
    address: 'あなたのメールアドレス',
    choose: 'どのメールを受け取りますか？',
    send: '申し込む',
    empty: 'この欄は空のままにしてください',
    notice: 'お知らせを読む（{notice}、バージョン{version}）',
  },
} satisfies Translated<typeof en>
