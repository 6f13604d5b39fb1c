import { streamChatCompletion } from '../../src/api/chatCompletions.ts';
import type { ChatCompletion } from '../../src/api/wire.ts';
import type { StreamFacts } from './streamFacts.ts';
import { type Observation, refused, unanswered } from './observation.ts';
import { readRawStream } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { clientObservation, collect, describeFailure } from './replyReading.ts';
import { ask, type Probe, type Session, smallLimit } from './session.ts';
import { chunkObservations, contentOfStream, framingObservations } from './streamChecks.ts';
import { safe } from '../../src/api/safe.ts';

/** A streamed reply, with its token counts where they can be asked for. */
export const streamedReply: Probe = {
  group: 'Stream',
  requests: 1,
  completions: 1,
  async run(session) {
    const { dialect, facts } = session;
    const reply = await session.send({ ...streamRequest(session, dialect.chatCompletionsPath, 'Hi') });
    return await streamObservations(session, reply, facts.stream, (options) =>
      collect(streamChatCompletion(session.connection, { messages: [] }, options)),
    );
  },
};

/** A request for a stream. */
export function streamRequest(
  session: Session,
  path: string,
  prompt: string,
): { path: string; body: ReturnType<typeof ask>; headers: Record<string, string> } {
  const more = session.dialect.streamOptions ? { stream_options: { include_usage: true } } : {};
  const body = ask(session, prompt, { stream: true, ...more });
  return { path, body, headers: { accept: 'text/event-stream, application/json' } };
}

/** Observations of a streamed reply; `reread` lets our own client read it again. */
export async function streamObservations(
  session: Session,
  reply: Exchange,
  facts: StreamFacts,
  reread: (options: ReturnType<Session['reread']>) => Promise<ChatCompletion>,
): Promise<Observation[]> {
  if (reply.status !== 200) {
    return [refused(reply, { row: facts.row, name: 'events of a stream' })];
  }
  const raw = readRawStream(reply.text);
  const framing = framingObservations(reply, raw, facts);
  if (raw.chunks.length === 0) {
    return framing;
  }
  const client = await clientObservation(
    'our client reads the stream',
    contentOfStream(raw),
    reread(session.reread(reply)),
  );
  return [...framing, ...chunkObservations(raw, facts), client];
}

/** A request as our own client builds it. */
export const ownRequest: Probe = {
  group: 'Our own client',
  requests: 1,
  completions: 1,
  async run(session) {
    const { connection, model = '' } = session;
    const request = {
      model,
      messages: [{ role: 'user' as const, content: 'Hi' }],
      [session.facts.limitField]: smallLimit,
    };
    const before = session.exchanges.length;
    const read = await safe(collect(streamChatCompletion(connection, request, session.live)));
    const reply = session.exchanges[before];
    if (reply === undefined) {
      return [unanswered(read.ok ? undefined : read.error)];
    }
    const name = 'a request of our client is accepted';
    if (reply.status !== 200) {
      return [refused(reply, { row: 'G', name })];
    }
    return [
      {
        row: 'G',
        name,
        expected: 'a streamed answer',
        seen: read.ok
          ? `characters: ${read.value.choices[0]?.message.content?.length ?? 0}`
          : describeFailure(read.error),
        holds: read.ok,
      },
    ];
  },
};
