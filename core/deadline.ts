/**
 * Returns the result of `work`, or after `ms` milliseconds whatever `late` returns or throws. The work goes on, and its result is
 * ignored.
 */
export async function within<T, L = T>(ms: number, work: PromiseLike<T>, late: () => L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const deadline = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  try {
    return await Promise.race([work, deadline.then(late)])
  } finally {
    clearTimeout(timer)
  }
}
