/** English. A sentence never ends with a name, which may end with a full stop of its own. */
export default {
  carried: 'What you choose here for {sender} is carried out by Floe. No cookies, no tracking.',
  plain: 'No cookies, no tracking.',
  website: 'Website',
  imprint: 'Imprint',
  senderPrivacy: 'Privacy notice of the sender',
}
