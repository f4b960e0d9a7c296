/** Returns a sign-up of the demo's workspace, as its form sends it. */
export const signUp = (address: string, more: object = {}) => ({
  address,
  topics: ['news'],
  source: { url: 'https://north.example/newsletter', form: 'footer' },
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (Demo)',
  notice: { name: 'privacy', version: '1' },
  wording: 'Yes, send me the news of North & Co.',
  ...more,
})
