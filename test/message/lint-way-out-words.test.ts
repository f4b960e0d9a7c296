import { describe, expect, test } from 'vitest'
import { rulesIn, WAY } from '../support/linted.ts'

const IMPRINT = '<p>North &amp; Co. Ltd, 1 Quay Street, Dover</p>'
const A = `<a href="${WAY}">Unsubscribe</a>`
const LINK = '<a href="https://x.example/l/1">x</a>'
/** Words, several to a line. */
const rows = (...lines: string[]) => lines.flatMap(line => line.split(' · '))
const NONE = 'footer.way_out.us_canspam'

describe('words that deny it are no way out:', () => {
  test.for(
    rows(
      'You will not be able to unsubscribe · There is no option to unsubscribe · You can never unsubscribe',
      'You do not have the option to unsubscribe · Abmelden geht nicht · Afmelden kan niet · No podrá darse de baja',
      'U kunt zich niet voor deze mails afmelden · Vous ne pouvez vous désabonner · Отписка невозможна',
      "You cannot unsubscribe. · You can't unsubscribe from these mails. · You can’t opt out.",
      'You can not unsubscribe · Unsubscribing is not possible. · It is not possible to unsubscribe',
      'There is no way to unsubscribe. · It is impossible to opt out · You are unable to unsubscribe.',
      'There is no unsubscribe link. · You <b>cannot</b> unsubscribe · You cannot&nbsp;unsubscribe',
      'Sie können sich nicht abmelden. · Eine Abmeldung ist nicht möglich. · Abbestellen ist unmöglich',
      'Dieser Newsletter kann nicht abbestellt werden · Vous ne pouvez pas vous désabonner.',
      'Il est impossible de se désinscrire · Désabonnement impossible · No puede darse de baja.',
      'No es posible cancelar la suscripción · Non è possibile disiscriversi',
      'Non puoi annullare l’iscrizione · Não é possível descadastrar-se · U kunt zich niet afmelden',
      'Uitschrijven is niet mogelijk · Nie można się wypisać · Du kan inte avregistrera dig',
      'Вы не можете отписаться · Отписаться невозможно · Odhlásit se nelze · 配信停止はできません · 您无法退订',
      '수신거부는 불가능합니다 · لا يمكنك إلغاء الاشتراك · Abonelikten çıkamazsınız · Du kan ikke framelde dig',
      'Et voi peruuttaa tilausta · Nem lehet leiratkozni · Nu vă puteți dezabona',
    ),
  )('%s', async words => {
    expect(await rulesIn({ html: `<p>${words}</p>${LINK}${IMPRINT}` })).toEqual([NONE])
  })

  test.for(
    rows(
      'It is possible to unsubscribe · You can unsubscribe at any time · Puede darse de baja si no le interesa',
      'If you do not want these mails, unsubscribe · Unsubscribe if you no longer want them',
      'Can’t read this? Unsubscribe · You cannot reply to this mail. Unsubscribe here',
      'You cannot unsubscribe by reply; unsubscribe here · If you cannot unsubscribe here, write to us',
      'Not for you? Unsubscribe · Möchten Sie nicht mehr? Hier abmelden',
      'Wenn Sie keine Mails mehr möchten, können Sie sich hier abmelden',
      'Si vous ne souhaitez plus recevoir ces messages, désabonnez-vous',
      'Si no desea recibir más, darse de baja · Als u dit niet wilt, kunt u zich afmelden',
      'Se non vuoi ricevere altre email, annulla l’iscrizione · Unsubscribing is not hard',
      'Do not wait to unsubscribe · Chcesz przestać? Wypisz się',
    ),
  )('and others are one: %s', async words => {
    expect(await rulesIn({ html: `<p>${words}</p>${LINK}${IMPRINT}` })).toEqual([])
  })
  test('where the link is there all the same', async () => {
    expect(await rulesIn({ html: `<p>You cannot unsubscribe.</p>${A}${IMPRINT}` })).toEqual([])
  })
})

describe('a way out is known by its words, in many languages:', () => {
  test.for(
    rows(
      'Unsubscribe · UNSUBSCRIBE · Opt out · opt-out · Unsub&shy;scribe · Abmelden',
      'Newsletter abbestellen · Melden Sie sich hier ab · Austragen · Se désabonner · Se desabonner',
      'Se désinscrire · Ne plus recevoir · Darse de baja · Date de baja · Cancelar suscripción',
      'Cancelar a inscrição · Disiscriviti · Annulla iscrizione · Cancellati · Descadastrar',
      'Anular subscrição · Afmelden · Uitschrijven · Schrijf u uit · Wypisz się · Zrezygnuj',
      'Anuluj subskrypcję · 配信停止 · 配信停止はこちら · 購読解除 · 配信の停止 · 退会 · メルマガの解除 · 登録解除 · إلغاء الاشتراك',
      'الغاء الاشتراك · إلغاء الإشتراك · Avregistrera · Avprenumerera · Avsluta prenumeration · Afmeld',
      'Frameld · Avmeld · Meld deg av · Peruuta tilaus · Lopeta tilaus · Afskrá · Odhlásit odběr',
      'Odhlasit se · Zrušit odběr · Odhlásiť · Leiratkozás · Dezabonare · Отписаться · ОТПИСАТЬСЯ',
      'Отменить подписку · Отказаться от рассылки · Відписатися · Скасувати підписку · Отписване · Одјава',
      'Odjava · Odjavi se · Otkaži pretplatu · Διαγραφή · ΔΙΑΓΡΑΦΗ · Κατάργηση εγγραφής · Απεγγραφή',
      'Abonelikten çık · ABONELİKTEN ÇIK · Aboneliği iptal et · Listeden çık · Loobu · Tühista tellimus',
      'Atrakstīties · Atsisakyti · Çregjistrohu · Donar-se de baixa · 退订 · 退訂 · 取消订阅 · 取消訂閱 · 取消訂阅 · 수신거부',
      '수신 거부 · 구독 취소 · 구독 해지 · Hủy đăng ký · Huỷ đăng ký · HỦY ĐĂNG KÝ · Ngừng nhận · ยกเลิกการสมัคร',
      'ยกเลิกการรับ · Berhenti berlangganan · Batal langganan · Nyahlanggan · सदस्यता समाप्त करें',
      'अनसब्सक्राइब करें · আনসাবস্ক্রাইব · لغو اشتراک · لغو عضویت · ان سبسکرائب · הסרה מרשימת התפוצה',
      'להסרה · ביטול הרשמה · გამოწერის გაუქმება · Ապաբաժանորդագրվել · Abunəlikdən çıx',
      'Жазылымнан бас тарту · Obunani bekor qilish · குழுவிலக · సభ్యత్వాన్ని తీసివేయి · Jiondoe',
      'Avslutt abonnementet · Keine weiteren E-Mails · Manage your preferences or leave this list',
    ),
  )('%s', async words => {
    expect(await rulesIn({ html: `<a href="https://x.example/l/1">${words}</a>${IMPRINT}` })).toEqual([])
  })
  test.for(
    rows(
      "Subscribe · Abonnieren · S'abonner · Suscribirse · Iscriviti · Prenumerera · Подписаться · 订阅 · 구독",
      'Đăng ký · اشتراک · הרשמה · Read more · Anmelden · Accedi · Optional outfits · Adopt our pets',
      'Sign up · подпись · 退出了解 · Manage · लॉग इन · 配信 · Odběr',
    ),
  )('and other words are none: %s', async words => {
    expect(await rulesIn({ html: `<a href="https://x.example/l/1">${words}</a>${IMPRINT}` })).toEqual([NONE])
  })
  test.for([
    ['a mailto', '<a href="mailto:leave@north.example?subject=unsubscribe">Leave</a>'],
    [
      'a mailto with words beside',
      '<p>To unsubscribe, <a href="mailto:leave@north.example">write to us</a></p>',
    ],
    ['an address to write to', '<p>To unsubscribe, write to leave@north.example</p>'],
    ['an address with the word', '<a href="https://x.example/unsubscribe?id=1">Leave</a>'],
    ['words beside a link', `<p>To unsubscribe, press ${LINK}</p>`],
    ['an area of an image', `<map><area href="${WAY}" alt="Leave"></map>`],
    [
      'the text of an image',
      `<a href="https://x.example/l/1"><img src="https://x.example/a" alt="Unsubscribe"></a>`,
    ],
  ])('%s', async ([, html]) => {
    expect(await rulesIn({ html: `${html}${IMPRINT}` })).toEqual([])
  })
})
