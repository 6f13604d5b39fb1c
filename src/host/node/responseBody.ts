import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** As much of a body is read ahead of whoever pulls it, in bytes. */
const readAhead = 64 * 1024;

const decoders: Readonly<Record<string, () => Transform>> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
};

/** The longest chain of codings that is undone. */
const longestChain = 3;

/**
 * A body as `fetch` gives it, without its content codings: we ask for none, but some proxies compress what nobody asked
 * them to. Read no faster than it is pulled; cancelled, it closes the connection.
 */
export function responseBody(body: Readable, contentEncoding: string): ReadableStream<Uint8Array> {
  const source = decoded(body, contentEncoding);
  let isOver = false;
  let failure: TypeError | undefined;
  /** What came before it is read first: an error empties the queue of a stream. */
  const failOnceRead = (controller: ReadableStreamDefaultController): void => {
    if (failure !== undefined && controller.desiredSize === readAhead) controller.error(failure);
  };
  // Not `Readable.toWeb`: it throws into the process if data comes after a cancel.
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = (): void => {
          if (!isOver) controller.close();
          isOver = true;
        };
        const fail = (cause: Error): void => {
          // Nothing at all is no coded text either, but what its length promised.
          if (body.readableEnded && !body.readableDidRead) end();
          if (isOver) return;
          isOver = true;
          failure = new TypeError('The body was cut off.', { cause });
          failOnceRead(controller);
        };
        source.on('data', ({ buffer, byteOffset, length }: Buffer<ArrayBuffer>) => {
          if (isOver) return;
          controller.enqueue(new Uint8Array(buffer, byteOffset, length));
          if ((controller.desiredSize ?? 0) <= 0) source.pause();
        });
        source.once('end', end);
        // It stays: an error that nobody hears ends the process.
        source.on('error', fail);
      },
      pull(controller) {
        failOnceRead(controller);
        source.resume();
      },
      cancel() {
        isOver = true;
        source.destroy();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: readAhead }),
  );
}

/** A coding that is not known stays: what comes out is then no reply, and is told as such. */
function decoded(body: Readable, contentEncoding: string): Readable {
  const codings = contentEncoding.toLowerCase().split(',').slice(-longestChain);
  return codings.reduceRight<Readable>((coded, coding) => {
    const name = coding.trim();
    const decoder = Object.hasOwn(decoders, name) ? decoders[name]?.() : undefined;
    // Whoever reads hears of errors; the callback is asked for, and has nothing to add.
    return decoder === undefined ? coded : pipeline(coded, decoder, () => undefined);
  }, body);
}
