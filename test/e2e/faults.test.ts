import assert from 'node:assert/strict';
import { type ForeignServer, startForeignServer } from '../support/foreignServer.ts';
import { completions, sharedForeign } from './support/foreign.ts';
import { type Door, doors, type Ending, timesStored } from './support/threeDoors.ts';
import type { Workbench } from './support/workbench.ts';

/** Short: an editor that stands beside others breaks its lines. */
const half = 'Half of it';
const answer = `${half}. The rest.`;

/** A fault in the middle of a conversation; `test/unit/chat/faultMatrix` tries many more. */
interface Fault {
  readonly arm: (server: ForeignServer) => Promise<void> | void;
  /** Without a room nothing can be read again. */
  readonly end: (hasRoom: boolean) => Ending;
  /** Of an answer without its end, what had come. */
  readonly arrived?: string;
  /** Why there is none. */
  readonly sentence?: RegExp;
  /** What the person does so that the same prompt goes out again, if not asking for that. */
  readonly help?: (workbench: Workbench, press: (button: string) => Promise<void>) => Promise<void>;
  /** Of a room only. */
  readonly needsRoom?: true;
  /** The Chat view's own journeys show it: those of errors, history and recovery. */
  readonly isKnown?: true;
}

const faults: Readonly<Record<string, Fault>> = {
  'a response lost after the server stored it': {
    isKnown: true,
    arm: (server) => server.cut(answer, 0, 'whole'),
    end: (hasRoom) => (hasRoom ? 'answered' : 'interrupted'),
    sentence: /connection to “tachyon” broke before an answer came/,
  },
  'a cut that the server does not notice': {
    isKnown: true,
    arm: (server) => server.cut(answer, 0.5, 'whole'),
    end: (hasRoom) => (hasRoom ? 'answered' : 'interrupted'),
    arrived: half,
    sentence: /was lost in mid-answer/,
  },
  'a cut after which the server has no more': {
    isKnown: true,
    arm: (server) => server.cut(answer, 0.5, 'sent'),
    end: () => 'interrupted',
    arrived: half,
    sentence: /was lost in mid-answer/,
  },
  'an error in the answer': {
    isKnown: true,
    arm: (server) =>
      server.raw(
        `data: {"choices":[{"index":0,"delta":{"content":"${half}"}}]}\n\ndata: {"error":{"code":"overloaded","message":"later"}}\n\n`,
      ),
    end: () => 'failed',
    arrived: half,
    sentence: /overloaded: later/,
  },
  'a room that is gone': {
    isKnown: true,
    arm: (server) => {
      server.chatrooms.clear();
      server.reply(answer);
    },
    end: () => 'answered',
    needsRoom: true,
  },
  'a key that is refused': {
    arm: (server) => server.fail(401, { code: 'UNAUTHORIZED', message: 'verify token failed' }),
    end: () => 'failed',
    sentence: /refused the key \(401\)/,
    help: async ({ quickInput }, press) => {
      await press('Sign In');
      // At once that of this connection.
      await quickInput.waitForTitle('Sign in to Tachyon (2/3)');
      await quickInput.fill('pk_foreign');
      await quickInput.accept();
    },
  },
  'no network': {
    arm: (server) => server.close(),
    end: () => 'failed',
    sentence: /No server for “tachyon” runs at/,
  },
};

/** A conversation at one door, with a server that may go away. */
class Conversation {
  readonly #workbench: Workbench;
  readonly #door: Door;
  #server: ForeignServer;
  #answers = 0;

  constructor(workbench: Workbench, door: Door, server: ForeignServer) {
    this.#workbench = workbench;
    this.#door = door;
    this.#server = server;
  }

  async begin(): Promise<void> {
    await this.#door.open();
    await this.#ask('Beginning');
  }

  /** Asks two prompts, the first with the fault. */
  async meet(name: string, { arm, end, arrived, sentence = /./, help }: Fault): Promise<void> {
    const door = this.#door;
    const ending = end(door.hasRoom);
    await arm(this.#server);
    await door.ask(name);
    await door.end(ending, sentence);
    if (ending !== 'answered') {
      if (arrived !== undefined) await door.shows(arrived);
      await this.#bringBack();
      const before = completions(this.#server).length;
      this.#server.reply(answer);
      const press = (button: string) => door.press(sentence, button);
      if (help) await help(this.#workbench, press);
      else await press(door.again);
      await door.shows(answer);
      assert.equal(completions(this.#server).length, before + 1, 'what the person asked for');
    }
    await door.shows(answer);
    await door.end('answered');
    if (door.hasRoom) assert.equal(timesStored(this.#server, name), 1, name);
    await this.#ask(`After ${name}`);
    await door.close?.();
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  async #ask(prompt: string): Promise<void> {
    const reply = `Answer ${(this.#answers += 1)}.`;
    this.#server.reply(reply);
    await this.#door.ask(prompt);
    await this.#door.shows(reply);
    await this.#door.end('answered');
  }

  /** A server that has gone comes back at its port, with its rooms. */
  async #bringBack(): Promise<void> {
    const { port, chatrooms } = this.#server;
    const back = await startForeignServer({ port }).catch(() => undefined);
    if (!back) return;
    for (const [id, room] of chatrooms) back.chatrooms.set(id, room);
    this.#server = back;
  }
}

describe('a fault in the middle of a conversation', () => {
  const withForeign = sharedForeign();

  for (const [name, open] of Object.entries(doors)) {
    it(`loses nothing, and the same prompt goes out once more when the person says so: ${name}`, async () => {
      await withForeign(async ({ workbench }, server) => {
        const door = open(workbench);
        const conversation = new Conversation(workbench, door, server);
        try {
          await conversation.begin();
          for (const [fault, what] of Object.entries(faults)) {
            const isMet = name === 'Chat view' ? !what.isKnown : door.hasRoom || !what.needsRoom;
            if (isMet) await conversation.meet(fault, what);
          }
        } finally {
          await conversation.close();
        }
      });
    });
  }
});
