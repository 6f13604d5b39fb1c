import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { ReplyEvent, StateEvent, WaitEvent } from '../../../../src/chat/replyEvents.ts';
import type { TurnOutcome } from '../../../../src/chat/turns.ts';
import { shownReply } from '../support/conversation.ts';
import { arrivedThrough } from './arrived.ts';
import { type Answer, doors, type OpenDoor, type Window } from './doors.ts';
import type { End, Fault } from './faults.ts';
import { seenByModel, timesStored } from './stored.ts';
import { Killed, type Line, type Place, World } from './world.ts';

/** Longer than every limit of time, in milliseconds. */
const longer = 700_000;

/** How each end is shown, and what the journal says of it. */
const ends: Readonly<Record<End, { readonly state: StateEvent['state']; readonly outcome: TurnOutcome }>> = {
  answered: { state: 'streaming', outcome: 'answered' },
  recovered: { state: 'recovered', outcome: 'answered' },
  interrupted: { state: 'interrupted', outcome: 'unknown' },
  failed: { state: 'failed', outcome: 'failed' },
  refused: { state: 'failed', outcome: 'refused' },
};

/** Asks three prompts, the second with the fault (of a first prompt: two), and checks what is shown and stored. Rejects if something is lost. */
export async function runCell(fault: Fault, place: Place, line: Line, id: string): Promise<void> {
  await new Cell(fault, place, line, id).run();
}

class Cell {
  readonly #fault: Fault;
  readonly #place: Place;
  readonly #line: Line;
  readonly #world: World;
  /** Of the three prompts, as a whole. */
  readonly #replies: readonly [string, string, string];
  #window: Window;
  #door: OpenDoor;
  /** In the order in which the conversation went through them. */
  readonly #rooms = new Set<string>();
  readonly #events: ReplyEvent[] = [];

  constructor(fault: Fault, place: Place, line: Line, id: string) {
    this.#fault = fault;
    this.#place = place;
    this.#line = line;
    this.#replies = [`First ${id}`, `${'Eine Antwort, 応答です。😀 '.repeat(3)}${id}`, `Third ${id}`];
    this.#world = new World(fault, place, line);
    this.#window = this.#world.open('w');
    this.#door = doors[place.door](this.#window);
  }

  async run(): Promise<void> {
    const [first, second, third] = this.#replies;
    const room = this.#fault.isFirst ? undefined : (await this.#askWhole(first)).room;
    let answer = await this.#askWithFault(room);
    const { server, relay } = this.#line;
    assert.ok(relay.isDone && server.isFaultless, 'the fault has not come');
    const { text, howMuch } = arrivedThrough(relay, second);
    const end = this.#fault.end(this.#world.keeper, howMuch);
    if (this.#fault.kills) {
      assert.ok(answer.error instanceof Killed, String(answer.error));
      assert.ok(text.startsWith(answer.reply) && answer.reply !== '');
      this.#window = this.#world.open('next');
      this.#door = doors[this.#place.door](this.#window, this.#door);
    } else {
      await this.#checkAnswer(answer, end, text);
      if (answer.error !== undefined) {
        await this.#checkSilence();
        answer = await this.#askWhole(second, true);
      }
    }
    await this.#askWhole(third);
    this.#checkHistory(answer.reply);
  }

  async #ask(reply: string, ...more: [onEvent?: (event: ReplyEvent) => Promise<void>, isAgain?: boolean]) {
    const answer = await this.#door.ask(`!echo ${reply}`, ...more);
    if (answer.room !== undefined) {
      this.#rooms.delete(answer.room);
      this.#rooms.add(answer.room);
    }
    return answer;
  }

  /** Asks a prompt that must be answered with this, and stored once. */
  async #askWhole(reply: string, isAgain = false): Promise<Answer> {
    const answer = await this.#ask(reply, undefined, isAgain);
    assert.deepEqual([answer.error, answer.reply], [undefined, reply]);
    if (this.#world.keeper !== 'once') assert.equal(await this.#timesStored(reply), 1, 'stored');
    return answer;
  }

  async #askWithFault(room: string | undefined): Promise<Answer> {
    const { arm, during, waiting, stalls, clockOff, delay } = this.#fault;
    const { relay } = this.#line;
    const scene = this.#world.scene(this.#window, room);
    relay.clear();
    this.#world.isRelayed = true;
    await arm?.(scene);
    const waits: WaitEvent[] = [];
    let hasBegun = false;
    if (stalls) mock.timers.enable({ apis: ['setTimeout'] });
    if (clockOff !== undefined) mock.timers.enable({ apis: ['Date'], now: Date.now() + clockOff });
    try {
      const asked = this.#ask(this.#replies[1], async (event) => {
        this.#events.push(event);
        if (event.type === 'state') this.#world.isLooking = event.state === 'recovering';
        if (event.type === 'state' && event.state === 'waiting') {
          waits.push(event);
          await waiting?.(scene, waits.length);
          event.tryNow();
        }
        if (event.type !== 'textDelta' || hasBegun) return;
        hasBegun = true;
        await during?.(scene);
      });
      return await (stalls ? this.#passTime(asked) : asked);
    } finally {
      mock.timers.reset();
      this.#world.isRelayed = false;
      await relay.up();
      if (delay !== undefined) assert.ok(waits.every((wait) => wait.delay === delay));
    }
  }

  /** Once all that comes is shown, only a limit of time ends the wait for more. */
  async #passTime(asked: Promise<Answer>): Promise<Answer> {
    const { relay } = this.#line;
    const ended = new AbortController();
    const over = asked.finally(() => ended.abort());
    while (!ended.signal.aborted) {
      await turnOfLoop();
      const isAll = relay.isDone && shownReply(this.#events) === arrivedThrough(relay, '').text;
      if (isAll && !this.#world.isLooking) mock.timers.tick(longer);
    }
    return over;
  }

  async #checkAnswer({ reply, states, turn, room, error }: Answer, end: End, arrived: string): Promise<void> {
    const [, whole] = this.#replies;
    const isWhole = end === 'answered' || end === 'recovered';
    assert.equal(reply, isWhole ? whole : arrived, 'what had arrived is shown');
    assert.equal(states.at(-1), ends[end].state, 'how it stands');
    assert.equal(error === undefined, isWhole, String(error));
    if (this.#world.keeper === 'once') return;
    const records = await this.#window.journal.records(room ?? '');
    const record = records.find((known) => known.turn === turn);
    if (this.#fault.isFirst && !isWhole) {
      assert.equal(room, undefined, 'no room has it');
      return;
    }
    assert.equal(record?.outcome, ends[end].outcome, 'the outcome');
    const times = await this.#timesStored(whole);
    if (isWhole) assert.equal(times, 1, 'stored');
    if (end === 'refused') assert.equal(times, 0, 'stored although it was refused');
    assert.ok(times === 1 || record.prompt === `!echo ${whole}`, 'the prompt is nowhere');
  }

  /** No prompt goes out by itself. What was still being read when the answer ended may come in later. */
  async #checkSilence(): Promise<void> {
    const { server } = this.#line;
    const posted = (): number => server.requests.filter(({ method }) => method === 'POST').length;
    const before = posted();
    for (let turn = 0; turn < 10; turn += 1) await turnOfLoop();
    assert.equal(posted(), before, 'something goes out by itself');
  }

  /** What the model is given is what is shown. */
  #checkHistory(reply: string): void {
    const { keeper } = this.#world;
    const [first, second, third] = this.#replies;
    const seen = seenByModel(keeper, this.#line.server).filter(({ text }) => !/^(?:!echo )?other/.test(text));
    const last = { role: 'user', text: `!echo ${third}` };
    if (keeper === 'once') {
      assert.deepEqual(seen, [last]);
      return;
    }
    const known = seen.at(-2)?.text ?? '';
    const before = [
      { role: 'user', text: `!echo ${first}` },
      { role: 'assistant', text: first },
    ];
    assert.deepEqual(seen, [
      ...(this.#fault.isFirst ? [] : before),
      { role: 'user', text: `!echo ${second}` },
      { role: 'assistant', text: known },
      last,
    ]);
    // Of one under which the host was killed the room may have more, or a second less.
    if (this.#fault.kills) assert.ok(second.startsWith(known) && known !== '');
    else assert.equal(known, reply);
  }

  /** In the room where the conversation is, and never twice in any. */
  async #timesStored(reply: string): Promise<number> {
    return timesStored(`!echo ${reply}`, [...this.#rooms], this.#window);
  }
}
