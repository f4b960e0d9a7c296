import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  title: '{sender}からのメールの確認',
  heading: '{sender}からのメールを受け取りますか？',
  asked:
    'どなたかがこのメールを{address|あなた}に届けるよう申し込みました。ここで「はい」を選ばれるまで、何も変わりません。',
  yes: 'はい、メールを受け取ります',
  no: '申し込みに心当たりがありません',
  hint: 'ボタンを押すまで、何も変わりません。リンクは7日間有効です。',

  refuseTitle: '申し込みに心当たりはありませんか？ · {sender}',
  notYou: '申し込みに心当たりはありませんか？',
  notYouMeans:
    'どなたかがこのメールを{address|あなた}に届けるよう申し込みました。心当たりがない場合は、こちらでお知らせください。',
  refuseMeans:
    '「申し込みに心当たりがありません」を押すと、申し込みは取り消されます。{sender}はこのメールを{address|あなた}にお送りできず、30日間、新しい確認もお送りできません。ほかのメールは変わりません。',
  refuseKeeps:
    '「申し込みに心当たりがありません」を押すと、申し込みは取り消されます。以前に確認された分を除き、{sender}はこのメールを{address|あなた}にお送りできず、30日間、新しい確認もお送りできません。ほかのメールは変わりません。',
  itWasMe: '申し込みました：届くメールを確認する',

  agree: '同意いただく内容',
  agreeMeans:
    '{sender}（{company}）が、お知らせに記載のとおり、これをメールでお送りします。同意は、どのメールからでも、いつでもワンクリックで取り消せます。',
  notice: 'お知らせを読む（{notice}、バージョン{version}）',

  confirmedTitle: '確認済み · {sender}',
  confirmed: '登録が完了しました',
  confirmedMeans: '今後、{sender}はこのメールを{address|あなた}にお送りできます。',
  before: 'すでに確認済みです',
  beforeMeans: '{sender}はこのメールを{address|あなた}にお送りできます。ほかに必要な操作はありません。',
  withheld: '回答を記録しました',
  withheldMeans: 'ただし、別の理由により、{sender}はまだこのメールを{address|あなた}にお送りできません。',
  back: '{backHost}に戻る',
  mistake: '間違えましたか？',
  takeBack: '同意を取り消す',
  yours: 'お手元の控え',
  receiptMeans:
    '署名付きの控えには、何に同意されたか、いつ同意されたか、何が表示されたかが記載されています。アドレスは含まれません。',
  receiptHere: '30分間はここで、その後はご自分のデータのページで取得できます。',
  receipt: '控えをダウンロードする',
  choose: '受け取るメールを選ぶ',

  offTitle: '登録なし · {sender}',
  refused: '登録されていません',
  refusedMeans:
    '申し込みは取り消されました。{sender}はこのメールを{address|あなた}にお送りできず、30日間、新しい確認もお送りできません。',
  ended: '配信を停止しました',
  endedMeans: '{sender}は、このメールをもう{address|あなた}にお送りしません。',
  lateTitle: '期限切れ · {sender}',
  late: 'このリンクは期限切れです',
  lateMeans:
    'リンクは7日間有効でした。何も変更されていません。{sender}はこのメールを{address|あなた}にお送りできません。',
  lateStays: 'リンクは7日間有効でした。何も変更されていません。',
  sentTitle: '受信トレイをご確認ください · {sender}',
  sent: '受信トレイをご確認ください',
  sentMeans:
    '確認メールをお送りできる場合、{address|あなた}宛てにお送りしています。メールのボタンを押すまで、何もオンになりません。このメールは1日に最大3通です。',
  afterAll: 'やはりこのメールを受け取りますか？',
  afterAllMeans: '同じアドレスに新しいリンクをお送りします。そこで確認されるまで、ほかには何も変わりません。',
  again: '新しい確認メールを送る',
} satisfies Translated<typeof en>
