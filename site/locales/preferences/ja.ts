import type { Words } from '../preferences.ts'

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

  told: {
    on: 'オン',
    leaving: '保存するとオフになります',
    offSince: '{day}からオフ',
    never: '未登録',
    pending: '未確認',
    pendingWhy: '申し込み済みですが、確認メールのリンクで確認されるまで送られません。',
    required: '必要',
    requiredWhy: 'ご注文など、あなたの操作に伴ってのみ送られるため、ここでは停止できません。',
  },
} satisfies Words
