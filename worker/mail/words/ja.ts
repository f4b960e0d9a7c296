import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  confirmation: {
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
  },
  access: {
    subject: sender => `お客様のデータを開く：${sender}`,
    preview: 'リンクは1回だけ、15分間有効です。',
    heading: sender => `${sender}が保管しているお客様のデータ`,
    asked: sender =>
      `どなたかが${sender}のお客様のページでこのメールアドレスを入力し、保管されているデータの閲覧、持ち出し、訂正または消去を求めました。`,
    yes: '自分のデータを開く',
    hint: () =>
      'リンクを開くとページが表示されます。このメールの送信から15分間、1回だけ有効です。そのページでボタンを押すまで、何も表示されません。',
    silence:
      'お心当たりがなければ、何もしないでください。誰にも何も見えません。このメールを持つ人はデータを開けるため、転送しないでください。',
  },
  correction: {
    subject: sender => `新しいメールアドレスをご確認ください：${sender}`,
    preview: '「はい」を選ぶと、このアドレスが以前のものに代わります。',
    heading: sender => `${sender}がこのアドレスを使ってもよろしいですか？`,
    asked: sender =>
      `どなたかが、今後は以前のアドレスの代わりにこのアドレスを使うよう、${sender}に求めました。`,
    yes: '内容を見て確認する',
    hint: day =>
      `リンクは${day}まで有効で、開くとページが表示されます。そこでボタンを押すまで、何も変わりません。`,
    silence: 'お心当たりがなければ、何もしないか、そのページでお知らせください。このアドレスは使われません。',
  },
  footer: {
    unsubscribe: '配信を停止する',
    preferences: '受け取る内容を選ぶ',
    subscribed: (topic, sender) =>
      `このメールは、お客様のアドレスが「${topic}」のリストに登録されているため送信されています。送信者：${sender}`,
    owed: (topic, sender) =>
      `このメールは、お客様のお取引について送信されています。送信者：${sender}、${topic}`,
    sentBy: company => `送信元：${company}`,
  },
} satisfies Translated<typeof en>
