import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  heading: 'メールの設定',
  choose: '{sender}から{address|お客様}宛てのメールのうち、受け取るものをお選びください。',
  mailFor: '{sender}から{address|お客様}宛てのメールです。',
  saved: '保存しました',
  ended: '今後届かないもの：{ended}',
  stopped: '{sender}のすべてのメールの配信を停止しました。',
  spoken: '言語を変更しました。',
  stale: 'すでにオフになっていたもの：{stale}',
  nothing: '変更はありませんでした。',
  asked: '受信トレイをご確認ください',
  askedMeans:
    '確認メールをお送りできる場合、{address|お客様}宛てにお送りしています。確認されるまで、何もオンになりません。このメールは1日に最大3通です。',
  undone: '元に戻しました',
  undoneMeans: '直前の操作による変更は、元の状態に戻りました。',
  undo: '元に戻す',
  refused: 'そのほかは変更されませんでした。しばらくしてからもう一度お試しください。',
  off: '以下の{sender}のメールはすべてオフです。',
  stillRequired: '「必須」と記されたメールは、引き続き届くことがあります。',
  paused: '{pausedUntil}まで一時停止中です。',
  pausedMeans: 'それまでは、「必須」と記されたものだけが届きます。',
  pausedAfter: 'その後、下でチェックされているメールは再び届きます。',
  topics: 'メール',
  save: '変更を保存する',
  stop: 'すべて配信停止する',
  stopMeans: '{sender}が今後追加するメールも含みます。',
  pause: 'メールを一時停止する',
  pauseLonger: '一時停止を延長する',
  days: { other: '{count}日間' },
  askMeans:
    'オンにするには、まず確認用のリンクをメールでお送りします。確認されるまで、何もオンになりません。',
  back: 'もう一度登録するには',
  backMeans:
    'メールのリンクでできるのは配信停止だけです。リンクを手に入れた人がお客様を登録できないようにするためです。再び受け取るには、{sender}にもう一度お申し込みください。',
  blockedMeans:
    'これらのメールの中には、ここからも、改めてのお申し込みでも再開できないものがあります。何が妨げているか、そのうち何を取り消せるかは、このページの最後のリンクから開くデータのページにあります。',
  gpc: 'お使いのブラウザは、お客様のデータを販売も共有もしないよう求めています（Global Privacy Control）。',
  gpcSoon: 'ここではこれに従い、次の操作の際に記録します。',
  gpcRecord: '今すぐ記録する',
  gpcRecorded: '{sender}について記録済みです。お客様のデータを販売することも共有することもできません。',
  language: '言語',
  why: 'なぜこのメールが届くのですか？',
  whyMeans:
    'このリンクは転送された可能性があります。そのため、届く理由や、いつどこで何が選ばれたかは、ご自身のアドレス宛てのメールを通してのみ表示されます。',

  runtime: {
    leaving: 'オフになります',
    off: 'オフ',
    pending: '未確認',
    pendingWhy: '申し込み済みですが、確認メールのリンクで確認されるまで送られません。',
    required: '必須',
    requiredWhy: 'ご注文など、お客様の操作に伴って送られるため、ここでは停止できません。',
    ask: 'オンにする',
  },
} satisfies Translated<typeof en>
