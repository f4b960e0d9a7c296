import { expect, test } from 'vitest'
import { topicList } from '../../worker/correction/view.tsx'
import { htmlOf } from '../../worker/http/markup.ts'

test.for([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onclick='x'`, '&quot; onclick=&#39;x&#39;'],
  ['North & Co. &amp;', 'North &amp; Co. &amp;amp;'],
  ['ädä 💩', 'ädä 💩'],
  ['', ''],
])('%s is shown as text', ([name, shown]) => {
  expect(htmlOf(topicList([name!]))).toBe(
    `<li class="topic topic-plain"><span class="topic-name"><bdi>${shown}</bdi></span></li>`,
  )
})

test('a view that waits for something is not written out', () => {
  expect(() => htmlOf(Promise.resolve(topicList([])))).toThrow('a view must not wait')
})
