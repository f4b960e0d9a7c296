import { folded } from './fold.ts'

/** Words for leaving, folded (`fold.ts`): in Floe's languages, and in others that senders write to Europe and Asia. */
const WORDS: readonly RegExp[] = [
  // English
  /unsubscrib|\bopt(?:ing|ed)?[ -]?out|leave this list|remove me|take me off|stop receiving|manage (?:your |my )?(?:e-?mail )?subscription|no longer (?:wish|want) to receive/,
  // German, Dutch, Afrikaans
  /abmeld|abzumelden|abgemeldet|abbestell|abzubestellen|austrag|\bmeld[a-z]{0,2} (?:\S{1,9} )?(?:sich|dich) (?:\S{1,9} ){0,4}ab\b|keine weiteren (?:e-?)?mails|nicht mehr erhalten|afmeld|uitschrijv|uitschrijf|\b(?:schrijf|meld) (?:u|je|jou)\b|uitteken/,
  // French, Spanish, Catalan, Galician, Portuguese, Italian
  /desabonn|desinscri|plus recevoir|\bde baja\b|de baixa\b|cancelar|\banul(?:ar|e|a) (?:\S{1,9} )?sub?scri|desuscri|descadastr|desinscrev|deixar de receber|annulla|disiscri|disabbon|\bcancell/,
  // Polish, Czech, Slovak, Slovenian, Croatian, Serbian, Hungarian, Romanian
  /wypis|zrezygnuj|rezygnacja|anuluj|odhlas|zrusit odber|\bodjav|otkazi pretplat|leiratkoz|dezabon/,
  // Swedish, Danish, Norwegian, Icelandic, Finnish, Estonian, Latvian, Lithuanian
  /avregistrer|avprenumerer|avanmal|avslut[a-z]{0,3} (?:\S{1,9} )?(?:prenumeration|abonnement)|frameld|avmeld|\bmeld deg av|afskra|(?:peru|peruut|lopet)[a-z]{0,4} (?:\S{1,9} )?tilau|\bloobu|tuhista|atrakst|atteikt|atsisak/,
  // Russian, Ukrainian, Bulgarian, Serbian, Greek, Turkish, Azerbaijani, Kazakh, Uzbek, Albanian
  /отпис|отпиш|отмен[а-я]{0,4} подпис|отказ[а-я]{0,6} от (?:рассыл|подпис|абонам)|відпис|відпиш|скасува[а-яі]{0,3} підпис|одјав|διαγραφ|καταργηση εγγραφ|απεγγραφ|(?:abonelik|uyelik|liste)(?:ten|den) [cay]|aboneli[a-zğ]{0,7} (?:iptal|sonland)|abun[a-zə]{0,7}d[a-zə]n c[ıi]x|жазыл[а-я]{0,9} бас тарту|obuna(?:ni bekor|dan chiq)|cregjistro|cabono/,
  // Japanese, Chinese, Korean, Vietnamese, Thai, Indonesian, Malay
  /配信(?:の|を)?(?:停止|解除|中止)|購読(?:の|を)?(?:解除|停止|中止)|退会|メルマガ(?:の|を)?解除|登録(?:の|を)?解除|受信(?:の|を)?停止|退订|退訂|取消(?:订阅|訂閱|訂阅)|수신 ?거부|구독 ?(?:취소|해지)|h[uư]y (?:đang ky|theo doi)|ngung nhan|bo đang ky|ยกเลิกการ(?:สมัคร|รับ|เป็นสมาชิก)|เลิกรับ|berhenti (?:ber)?langganan|batal(?:kan)? langganan|nyahlanggan|jiondoe/,
  // Arabic, Persian, Urdu, Hebrew, Georgian, Armenian
  /[اإ]لغاء|لغو (?:اشتراک|عضویت)|انصراف|ان ?سبسکرا[يی]ب|הסרה|להסיר|ביטול (?:ה)?(?:הרשמה|מנוי|רישום)|გამოწერის გაუქმება|ապաբաժանորդագր/,
]

/** Of India: their vowels are marks, which patterns without `u` would take for letters of their own. */
const OF_INDIA = [
  ...['सदस्यता समाप्त', 'सदस्यता रद्द', 'सदस्यता छोड़', 'अनसब्सक्राइब', 'আনসাবস্ক্রাইব', 'সদস্যতা বাতিল', 'குழுவிலக'],
  ...['సభ్యత్వాన్ని తీసివేయి', 'అన్‌సబ్‌స్క్రైబ్', 'અનસબ્સ્ક્રાઇબ', 'അൺസബ്സ്ക്രൈബ്', 'ಅನ್‌ಸಬ್‌ಸ್ಕ್ರೈಬ್', 'ਅਨਸਬਸਕ੍ਰਾਈਬ'],
].map(folded)

/** Whether a folded text speaks of leaving. */
export const saysWayOut = (text: string): boolean =>
  WORDS.some(words => words.test(text)) || OF_INDIA.some(word => text.includes(word))

/** Words that say it cannot be done, folded. Words that merely wish, as in "do not want", are none. */
const DENIALS: readonly RegExp[] = [
  /(?:cannot|can't|couldn't|can not|can never|unable to|impossible to|not possible to|longer possible to|no (?:way|option|possibility) to|not (?:be )?able to|n't be able to|not allowed to|may not|not have (?:the|an|any) option to|not offer (?:an|any)) (?:\S{1,9} ){0,2}(?:unsubscrib|opt)/,
  /(?:unsubscrib|opt)\S{0,9}(?: out)? (?:is|are) (?:not (?:possible|available|supported|allowed)|impossible|unavailable|disabled)|\bno (?:unsubscrib|opt-? ?out)/,
  /(?:abmeld|abbestell)\S{0,4} geht nicht|keine moglichkeit|nicht (?:abmeld|abbestell|austrag|moglich|vorgesehen)|unmoglich|niet (?:\S{1,9} ){0,3}(?:afmeld|uitschr)|(?:afmelden|uitschrijven) kan niet|niet mogelijk|onmogelijk/,
  /\bne (?:pouvez|peut|peux)|(?:pouvez|peut|peux) pas|pas possible|n'est plus possible|impossible|\bno (?:se )?(?:le )?(?:pued|podr|es posible)|imposible|non (?:si )?(?:puo|e possibile)|impossibile|nao (?:se )?(?:pod|e possivel)|impossivel/,
  /nie (?:mozna|mozesz|da sie|jest mozliw)|niemozliw|nelze|nemuzete|neni mozne|nemozno|nemozete|nie je mozne|nem (?:lehet|tud)|nu (?:va )?(?:putet|put|este posibil|se poate)|imposibil|ne mozete|nije moguce/,
  /kan (?:du )?(?:inte|ikke)|inte mojlig|omojlig|gar inte|ikke mulig|umulig|\bei?t? voi\b|mahdoton|ei ole mahdollis/,
  /не (?:можете|можешь|можна|е възможно)|невозможн|неможливо|невъзможно|нельзя|нет возможности|δεν (?:μπορ|ειναι δυνατ)|αδυνατ|[ae]maz(?:s[ıi]n|$)|[ae]mez(?:sin|$)|mumkun degil/,
  /できません|出来ません|できない|无法|無法|不能|不可|불가|수 없|khong the|ไม่สามารถ|tidak (?:dapat|bisa|mungkin|boleh)/,
  /لا (?:يمكن|تستطيع)|غير ممكن|نمی ?توان|ممکن نیست|לא ניתן|אי אפשר|אין אפשרות|नहीं कर|संभव नहीं/,
]

/** How a clause begins that says what to do in such a case. */
const IN_CASE =
  /^ ?(?:if|in case|wenn|falls|sollten|si|als|indien|jesli|jezeli|om|hvis|jos|ha|если|якщо|ако) /

/** Whether a folded clause denies what it speaks of. */
export const denies = (clause: string): boolean =>
  !IN_CASE.test(clause) && DENIALS.some(words => words.test(clause))
