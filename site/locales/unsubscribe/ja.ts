import type { Translated } from '../../../core/translation.ts'
import type en from './en.ts'

/** Japanese, in です・ます. */
export default {
  title: '「{topic}」の配信停止 · {sender}',
  heading: '「{topic}」の配信を停止しますか？',
  sends: '以後、{sender}はこれを{address|お客様}宛てにお送りできなくなります。',
  leave: '配信を停止する',
  stopAll: '{sender}のメールをすべて配信停止する',
  already: 'すでに配信は停止されています',
  alreadyTopic: '{sender}からの「{topic}」は、もう{address|お客様}には届きません。',
  alreadyAll: '{sender}から{address|お客様}へお知らせやご案内は送られません。ほかに必要な操作はありません。',
  instead: '停止せずに、受け取るメールを選ぶ',
  hint: 'ボタンを押すまで、何も変わりません。',
  seeOff: '停止中のメールを確認する',

  owedTitle: '{topic} · {sender}',
  owed: '「{topic}」はここでは停止できません',
  owedMeans:
    '{sender}は、ご注文など、お客様の操作に伴って、このメールを{address|お客様}にお送りしています。ここで何を選んでも、引き続き届きます。',
  owedAsk: 'ご不要の場合は、{sender}にお問い合わせください。このメールに返信するか、直接ご連絡ください。',
  owedNoted: 'ご選択を記録しました。',
  keptMeans: 'ただちに有効です。現在、これ以上の内容を表示できません。',

  doneTitle: '配信を停止しました · {sender}',
  done: '配信を停止しました',
  doneTopic: '{sender}は今後、「{topic}」を{address|お客様}にお送りしません。',
  doneAll: 'すべて配信停止しました',
  doneAllMeans: '{sender}は今後、お知らせやご案内を一切{address|お客様}にお送りしません。',
  before: '配信はすでに停止されていました',
  beforeTopic:
    '{sender}からの「{topic}」は、もう{address|お客様}には届きません。変更の必要はありませんでした。',
  beforeAll: '{sender}から{address|お客様}へお知らせやご案内は送られません。変更の必要はありませんでした。',
  effective: 'ただちに有効です。すでに送信されたメールは届くことがあります。',
  needed: '配信を停止しても、ご注文やアカウントに関するメールは停止されません。',
  mistake: '間違えましたか？',
  undo: '元に戻す',
  still: '引き続き受け取るメールを選ぶ',

  undoneTitle: '元に戻しました · {sender}',
  undone: '元に戻しました',
  undoneTopic: '{sender}から{address|お客様}宛ての{topic}は、ボタンを押す前と同じ状態です。',
  undoneAll:
    '{sender}は、以前と同じように{address|お客様}にメールをお送りできます。以前に停止したものは、停止したままです。',
  undoneStays:
    '直前の操作を元に戻しました。ただし、{sender}から{address|お客様}へのメールは、別の機会に決められたことにより、停止したままです。',
  changedMind: '気が変わりましたか？',
  again: 'もう一度、配信を停止する',
} satisfies Translated<typeof en>
