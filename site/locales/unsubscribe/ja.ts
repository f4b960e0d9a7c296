import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  title: '「{topic}」の配信停止 · {sender}',
  heading: '「{topic}」の配信を停止しますか？',
  sends: '{sender}は、このメールを{address|あなた}にお送りしています。',
  leave: '配信を停止する',
  stopAll: '{sender}からのメールをすべて停止する',
  already: 'すでに配信は停止されています',
  alreadyTopic: '{sender}からの「{topic}」は、もう{address|あなた}には届きません。',
  alreadyAll:
    '{sender}から{address|あなた}へのメールは、すでにすべて停止されています。ほかに必要な操作はありません。',
  instead: '停止せずに、受け取るメールを選ぶ',
  hint: 'ボタンを押すまで、何も変わりません。',
  seeOff: '停止中のメールを確認する',

  owedTitle: '{topic} · {sender}',
  owed: '「{topic}」はここでは停止できません',
  owedMeans:
    '{sender}は、ご注文など、あなたの操作に伴って、このメールを{address|あなた}にお送りしています。ここで何を選んでも、引き続き届きます。',
  owedAsk: 'ご不要の場合は、{sender}にお問い合わせください。このメールに返信するか、直接ご連絡ください。',
  owedNoted: 'ご選択を記録しました。',
  keptMeans: 'ただちに有効です。現在、これ以上の内容を表示できません。',

  doneTitle: '配信を停止しました · {sender}',
  done: '配信を停止しました',
  doneTopic: '{sender}は今後、「{topic}」を{address|あなた}にお送りしません。',
  doneAll: 'すべてのメールを停止しました',
  doneAllMeans: '{sender}は今後、お知らせやご案内を一切{address|あなた}にお送りしません。',
  before: '配信はすでに停止されていました',
  beforeTopic:
    '{sender}からの「{topic}」は、もう{address|あなた}には届きません。変更の必要はありませんでした。',
  beforeAll:
    '{sender}から{address|あなた}へのメールは、以前からすべて停止されています。変更の必要はありませんでした。',
  effective: 'ただちに有効です。すでに送信されたメールは届くことがあります。',
  needed: 'ご注文の領収書や新しいパスワードなど、必要なメールは今後も届くことがあります。',
  mistake: '間違えましたか？',
  undo: '元に戻す',
  still: '引き続き受け取るメールを選ぶ',

  undoneTitle: '元に戻しました · {sender}',
  undone: '元に戻しました',
  undoneTopic: '{sender}は、ボタンを押す前と同じように、「{topic}」を{address|あなた}にお送りできます。',
  undoneAll:
    '{sender}は、以前と同じように{address|あなた}にメールをお送りできます。以前に停止したものは、停止したままです。',
  undoneStays:
    '直前の操作を元に戻しました。ただし、{sender}から{address|あなた}へのメールは、別の機会に決められたことにより、停止したままです。',
  changedMind: '気が変わりましたか？',
  again: 'もう一度、配信を停止する',
} satisfies Translated<typeof en>
