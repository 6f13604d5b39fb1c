/**
 * Items of an iterable, and before the first of them also what is told meanwhile: a generator that waits for its source
 * can yield nothing. `start` gets the function to tell with; what is told later is dropped.
 */
export async function* untilFirst<T, N>(
  start: (tell: (news: N) => void) => AsyncIterable<T>,
): AsyncGenerator<T | N, void, void> {
  const told: N[] = [];
  let wake = Promise.withResolvers<void>();
  const source = start((news) => {
    told.push(news);
    wake.resolve();
  });
  const items = source[Symbol.asyncIterator]();
  let isPending = true;
  try {
    const first = items.next();
    // A failure counts, too: what was told comes before it, and who leaves earlier does not hear of it.
    const settled = first.then(
      () => false,
      () => false,
    );
    while (isPending) {
      isPending = await Promise.race([settled, wake.promise.then(() => true)]);
      wake = Promise.withResolvers<void>();
      yield* told.splice(0);
    }
    for (let item = await first; !item.done; item = await items.next()) yield item.value;
  } finally {
    // A source that still waits for its first item would not answer; whoever stops it has a signal for that.
    const left = items.return?.();
    if (isPending) left?.catch(() => undefined);
    else await left;
  }
}
