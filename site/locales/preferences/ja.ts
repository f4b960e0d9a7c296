import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  heading: '{sender}がお送りできるメール',
  saved: '保存しました。',
  savedMeans: 'お選びの内容はただちに有効です。',
  off: 'すべて停止しています。',
  offMeans: '{sender}は、「必要」と記されたものを除き、以下のメールを{address|あなた}にお送りできません。',
  paused: '{pausedUntil}まで一時停止中です。',
  pausedMeans: 'それまでは、「必要」と記されたものだけが届きます。',
  pausedAfter: 'その後、下でオンになっているものは自動的に再び届きます。',
  mailFor: '{address|あなた}宛てのメールです。',
  untick: '不要なもののチェックを外し、保存してください。',
  topics: 'テーマ',
  save: '保存する',
  break: 'しばらくお休みしますか？',
  pauseFor: 'すべてを一時停止する期間',
  days: { other: '{count}日間' },
  pause: '一時停止する',
  done: 'すべて不要ですか？',
  doneMeans: '{sender}が今後追加するものも含め、すべてのテーマを停止します。',
  stop: 'すべて停止する',
  back: '再開するには',
  backMeans:
    'メールのリンクでできるのは、メールを減らすことだけです。リンクを手に入れた人があなたを登録できないようにするためです。再び受け取るには、{sender}にもう一度お申し込みください。',
  blockedMeans:
    'これらのメールの中には、ここからも、改めてのお申し込みでも再開できないものがあります。何が妨げているか、そのうち何を取り消せるかは、このページの最後のリンクから開くデータのページにあります。',

  ended: 'オフにしたもの：{ended}',
  stale: 'その間に別の画面でオフにされ、オフのままのもの：{stale}',
  nothing: '変更の必要はありませんでした。',
  asked: '受信トレイをご確認ください。',
  askedMeans:
    '確認メールをお送りできる場合、{address|あなた}宛てにお送りしています。メールのボタンを押すまで、何もオンになりません。このメールは1日に最大3通です。',
  undone: '元に戻しました。',
  undoneMeans: '直前の操作による変更は、元の状態に戻りました。',
  undo: '元に戻す',
  undoFor: '30分以内であれば、元に戻せます。',
  pausedEnds:
    'その日に自動的に終了します。それより早く終了できるのは、一時停止した直後の「元に戻す」だけです。',
  askMeans:
    'メールのリンクでできるのは、メールを減らすことだけです。オンにするには、まずボタンをメールでお送りします。そのボタンを押すまで、何も送られません。',
  gpc: 'お使いのブラウザは、あなたの情報を販売も共有もしないよう求めています（Global Privacy Control）。',
  gpcSoon: 'ここではこれに従い、次の操作の際に記録します。',
  gpcRecord: '今すぐ記録する',
  gpcRecorded: '{sender}について記録済みです。あなたの情報を販売することも共有することもできません。',
  language: '言語',
  languageLabel: 'ページとメールの表示言語',
  languageSave: '変更する',
  history: 'これまでに選ばれた内容',
  historyMeans:
    'メールが届く理由や、いつどこで何が選ばれたかは、ご自身のアドレス宛てのメールを通してのみ表示されます。このリンクは転送された可能性があるためです。',

  runtime: {
    on: 'オン',
    leaving: '保存するとオフになります',
    off: 'オフ',
    pending: '未確認',
    pendingWhy: '申し込み済みですが、確認メールのリンクで確認されるまで送られません。',
    required: '必要',
    requiredWhy: 'ご注文など、あなたの操作に伴ってのみ送られるため、ここでは停止できません。',
    ask: 'メールでオンにする',
  },
} satisfies Translated<typeof en>
