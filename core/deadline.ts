/** Returns what `work` gives; after `ms`, what `late` returns or throws instead. The work itself goes on, and nobody hears how it ends. */
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
