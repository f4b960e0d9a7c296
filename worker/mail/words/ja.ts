import type { Words } from '../words.ts'

/** Japanese, in です・ます. */
export const ja: Words = {
  subject: sender => `ご確認ください：${sender}からのメール`,
  preview: '「はい」を選ぶとメールが届きます。何もしなければ何も変わりません。',
  heading: sender => `${sender}からのメールを受け取りますか？`,
  asked: (day, sender, source) =>
    `${day}、${source ? `${source}にて、` : ''}どなたかがこのメールアドレスを入力し、${sender}からの次のメールを申し込みました。`,
  ifYou: 'ご本人のお申し込みでしたら、ご確認をお願いいたします。',
  yes: 'はい、メールを受け取ります',
  hint: day =>
    `リンクは${day}まで有効で、開くとページが表示されます。そのページでボタンを押すまで、何も変わりません。`,
  byHand: 'ボタンが機能しない場合は、次のアドレスを開いてください。',
  silence: '何もしなければ、何も変わりません。このお申し込みに関するメールはこの1通だけです。',
  no: '申し込みに心当たりがありません',
  noMeans: sender => `申し込みは取り消され、30日間、${sender}からの新しい確認メールは届きません。`,
  notice: (name, version) => `プライバシーに関するお知らせ（${name}、バージョン${version}）`,
  takeBack: '同意は、どのメールからでも、いつでもワンクリックで取り消せます。',
  carried: sender => `このメールは${sender}がFloeを通じてお送りしています。`,
}
