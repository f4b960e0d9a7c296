import type { Words } from '../confirmation.ts'

/** Modern Standard Arabic. No title begins with a name: its first letter would decide the direction. */
export default {
  title: 'تأكيد تلقي الرسائل من {sender}',
  heading: 'هل ترغب في تلقي رسائل من {sender}؟',
  asked:
    'في {requested} طلب شخص ما في موقع {source} إرسال هذه الرسائل إلى {address|عنوانك}. لن يُرسل شيء قبل موافقتك هنا.',
  yes: 'نعم، أريد تلقي هذه الرسائل',
  no: 'هذا الطلب ليس مني',
  hint: 'لن يتغير شيء قبل الضغط على أحد الأزرار. هذه الصفحة صالحة حتى {expires}.',

  refuseTitle: 'أليس هذا الطلب منك؟ · {sender}',
  notYou: 'أليس هذا الطلب منك؟',
  notYouMeans:
    'في {requested} طلب شخص ما في موقع {source} إرسال هذه الرسائل إلى {address|عنوانك}. إن لم يكن الطلب منك فأخبرنا: ينتهي الطلب، ولن تستطيع جهة {sender} أن ترسل إليك طلبًا آخر طوال ثلاثين يومًا.',
  itWasMe: 'الطلب مني: عرض ما سيصلني',

  agree: 'ما ستوافق عليه',
  agreeMeans:
    'سترسل إليك جهة {sender} ({company}) هذا بالبريد الإلكتروني كما يبيّن إشعارها. يمكنك سحب موافقتك في أي وقت، بنقرة واحدة في كل رسالة.',
  notice: 'قراءة الإشعار ({notice}، الإصدار {version})',

  confirmedTitle: 'تم التأكيد · {sender}',
  confirmed: 'تم تأكيد اشتراكك',
  confirmedMeans: 'يمكن الآن لجهة {sender} أن ترسل هذه الرسائل إلى {address|عنوانك}.',
  before: 'سبق أن أكدت اشتراكك',
  beforeMeans: 'يمكن لجهة {sender} أن ترسل هذه الرسائل إلى {address|عنوانك}. لا يلزمك فعل شيء آخر.',
  mistake: 'ألم يكن هذا ما أردته؟',
  takeBack: 'سحب الموافقة',
  yours: 'للاحتفاظ به',
  receiptMeans:
    'يبيّن إيصال موقّع ما وافقت عليه ومتى وما عُرض عليك. لا يذكر أي عنوان. يمكن تنزيله هنا طوال سبعة أيام.',
  receipt: 'تنزيل الإيصال',
  choose: 'اختيار ما يصلك',

  offTitle: 'لا اشتراك · {sender}',
  refused: 'لست مشتركًا',
  refusedMeans:
    'انتهى الطلب. لا يمكن لجهة {sender} أن ترسل هذه الرسائل إلى {address|عنوانك}، ولا أن ترسل إليك طلبًا آخر طوال ثلاثين يومًا.',
  ended: 'ألغيت اشتراكك',
  endedMeans: 'لم تعد جهة {sender} ترسل هذه الرسائل إلى {address|عنوانك}.',
  lateTitle: 'فات الأوان · {sender}',
  late: 'انتهت صلاحية هذا الرابط',
  lateMeans:
    'كان الرابط صالحًا حتى {expires}. لم يتغير شيء: لا يمكن لجهة {sender} أن ترسل هذه الرسائل إلى {address|عنوانك}.',
  lateStays: 'كان الرابط صالحًا حتى {expires}. لم يتغير شيء.',
  sentTitle: 'في الطريق · {sender}',
  sent: 'رسالة جديدة في طريقها إليك',
  sentMeans:
    'خلال دقائق ستصل إلى {address|عنوانك} رسالة فيها رابط جديد. إن لم تصل فابحث في البريد غير المرغوب فيه؛ لا نرسل أكثر من ثلاث رسائل في اليوم.',
  afterAll: 'هل ترغب في هذه الرسائل رغم ذلك؟',
  afterAllMeans: 'نرسل رابطًا جديدًا إلى العنوان نفسه. لن يتغير شيء آخر قبل تأكيدك هناك.',
  again: 'إرسال تأكيد جديد',
} satisfies Words
