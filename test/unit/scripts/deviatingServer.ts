import { type Loopback, type ReceivedRequest, startLoopback } from '../../support/loopback.ts';

/** A reply on its way from the local server to who asked. */
export interface PassingReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The connection breaks off before the last bytes. */
  isCut?: boolean;
}

/** Changes a reply; the request tells which one it is. */
export type Deviation = (reply: PassingReply, request: ReceivedRequest) => void;

/** A server that hands all requests to `target` and changes the replies. */
export function startDeviatingServer(target: string, deviate: Deviation): Promise<Loopback> {
  return startLoopback(async (response, request) => {
    const { method, url, headers, body } = request;
    const answer = await fetch(target + url, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
          ? [[name, value] as [string, string]]
          : [],
      ),
      ...(body !== '' && { body }),
    });
    const kept = Object.fromEntries(answer.headers);
    delete kept['transfer-encoding'];
    const reply: PassingReply = { status: answer.status, headers: kept, body: await answer.text() };
    deviate(reply, request);
    response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
    if (reply.isCut === true) {
      response.write(reply.body.slice(0, -9), () => response.destroy());
    } else {
      response.end(reply.body);
    }
  });
}

/** Changes the JSON of a reply: all of a body, or each event of a stream. */
export function changeJson(reply: PassingReply, change: (value: unknown) => unknown): void {
  if (reply.body.startsWith('{') || reply.body.startsWith('[')) {
    reply.body = JSON.stringify(change(JSON.parse(reply.body)));
  } else {
    reply.body = reply.body.replaceAll(
      /^data: (\{.*\})$/gm,
      (_, json: string) => `data: ${JSON.stringify(change(JSON.parse(json)))}`,
    );
  }
}

/** Rebuilds a JSON value, each object's entries by way of `change`. */
export function mapEntries(
  value: unknown,
  change: (entries: [string, unknown][]) => [string, unknown][],
): unknown {
  if (Array.isArray(value)) return value.map((item) => mapEntries(item, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    mapEntries(inner, change),
  ]);
  return Object.fromEntries(change(entries));
}

/** Gives fields of that name, wherever they stand, another value; `undefined` removes them. */
export function setField(reply: PassingReply, field: string, change: (value: unknown) => unknown): void {
  changeJson(reply, (body) =>
    mapEntries(body, (entries) =>
      entries.map(([name, value]) => [name, name === field ? change(value) : value]),
    ),
  );
}
