import type { Relay } from '../../../support/relay.ts';
import type { Arrived } from './faults.ts';

/** What a reader makes of the bytes that went out of a reply. */
export interface ArrivedReply {
  readonly text: string;
  readonly howMuch: Arrived;
}

/** Reads what a relay let through; `whole` is the text of the whole reply. */
export function arrivedThrough({ arrived }: Relay, whole: string): ArrivedReply {
  let text = '';
  let isEnded = false;
  for (const event of arrived.split('\n\n').slice(0, -1)) {
    const data = /^data: (.*)$/m.exec(event)?.[1];
    if (data === undefined || data === '[DONE]') {
      isEnded ||= data === '[DONE]';
      continue;
    }
    const { choices = [] }: StreamedChunk = JSON.parse(data);
    for (const { delta, finish_reason: reason } of choices) {
      text += delta?.content ?? '';
      isEnded ||= typeof reason === 'string';
    }
  }
  return { text, howMuch: isEnded ? 'end' : text === whole ? 'text' : 'some' };
}

interface StreamedChunk {
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string };
    readonly finish_reason?: string | null;
  }[];
}
