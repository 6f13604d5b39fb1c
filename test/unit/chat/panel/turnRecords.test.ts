import assert from 'node:assert/strict';
import { fingerprint } from '../../../../src/chat/fingerprint.ts';
import type { MessageTurn } from '../../../../src/chat/messageTurns.ts';
import { matchRecords, unheldTurns } from '../../../../src/chat/panel/turnRecords.ts';
import type { TurnRecord } from '../../../../src/chat/turns.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');

function at(minutes: number): string {
  return new Date(noon + minutes * 60_000).toISOString();
}

async function record(id: string, prompt: string, minutes: number, more: Partial<TurnRecord> = {}) {
  return {
    turn: id,
    conversation: 'c',
    connection: 'tachyon',
    room: 'r',
    surface: 'panel',
    promptHash: await fingerprint(prompt),
    askedAt: at(minutes),
    ...more,
  } satisfies TurnRecord;
}

function turn(id: string, prompt: string, minutes?: number): MessageTurn {
  const askedAt = minutes === undefined ? {} : { askedAt: at(minutes) };
  return { id, prompt, attachments: [], reply: '', reasoning: '', isPartial: false, ...askedAt };
}

describe('the records of a room’s turns', () => {
  it('are found by what was sent, the newest of equal prompts first', async () => {
    const records = [
      await record('a', 'same', 0),
      await record('b', 'same', 1),
      await record('c', 'with a file', 2, { contentHash: await fingerprint('file\n\nwith a file') }),
    ];
    const turns = [
      turn('m0', 'same'),
      turn('m1', 'same'),
      turn('m2', 'file\n\nwith a file'),
      turn('m3', 'web'),
    ];
    const found = await matchRecords(turns, records, new Map());
    assert.deepEqual(
      found.map((one) => one?.turn),
      ['a', 'b', 'c', undefined],
    );
    const last = await matchRecords([turn('m1', 'same')], records, new Map());
    assert.equal(last[0]?.turn, 'b');
  });

  it('stay with their turn, and belong to one only', async () => {
    const records = [await record('a', 'same', 0), await record('b', 'same', 1)];
    const assigned = new Map<string, string>();
    await matchRecords([turn('m1', 'same')], records, assigned);
    const found = await matchRecords([turn('m0', 'same'), turn('m1', 'same')], records, assigned);
    assert.deepEqual(
      found.map((one) => one?.turn),
      ['a', 'b'],
    );
  });

  it('are not those of an equal prompt of another day', async () => {
    const records = [await record('a', 'hi', 0)];
    const found = await matchRecords([turn('m0', 'hi', -1440), turn('m1', 'hi', 3)], records, new Map());
    assert.deepEqual(
      found.map((one) => one?.turn),
      [undefined, 'a'],
    );
  });

  it('are found on a server whose clock is wrong by months', async () => {
    const records = [await record('a', 'hi', 0)];
    const found = await matchRecords([turn('m0', 'hi', -500_000)], records, new Map());
    assert.equal(found[0]?.turn, 'a');
  });

  it('are those of the time where equal prompts of both sides stand on different pages', async () => {
    const records = [await record('a', 'hi', 0), await record('b', 'hi', 100)];
    const found = await matchRecords([turn('m0', 'hi', 1)], records, new Map());
    assert.equal(found[0]?.turn, 'a');
  });
});

describe('turns that no server took', () => {
  it('are those at the end whose prompt is still here and was not asked again', async () => {
    const records = [
      await record('old', 'lost in the middle', 0, { prompt: 'lost in the middle', outcome: 'refused' }),
      await record('held', 'held', 1, { outcome: 'answered' }),
      await record('first', 'again', 2, { prompt: 'again', outcome: 'refused' }),
      await record('second', 'again', 3, { prompt: 'again', outcome: 'refused' }),
      await record('opened', '/room', 4, { outcome: 'stopped' }),
    ];
    assert.deepEqual(
      unheldTurns(records, new Set(['held'])).map((one) => one.turn),
      ['second'],
    );
    assert.deepEqual(unheldTurns(records, new Set(['held', 'second'])), []);
  });
});
