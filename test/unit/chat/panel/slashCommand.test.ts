import assert from 'node:assert/strict';
import { matchingCommands, readSlashCommand } from '../../../../src/chat/panel/slashCommand.ts';

const names = ['new', 'room', 'model'] as const;

describe('readSlashCommand', () => {
  for (const [prompt, expected] of [
    ['/new', { name: 'new', text: '' }],
    [' /new \n', { name: 'new', text: '' }],
    ['/new one\n\ntwo ', { name: 'new', text: 'one\n\ntwo' }],
    ['/new\ntwo', { name: 'new', text: 'two' }],
    ['/news', undefined],
    ['/New one', { name: 'new', text: 'one' }],
    ['/new/path', undefined],
    ['/constructor', undefined],
    ['say /new', undefined],
    ['//new', undefined],
    ['/', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(prompt)} as ${expected ? 'a command' : 'a prompt'}`, () => {
      assert.deepEqual(readSlashCommand(prompt, names), expected);
    });
  }
});

describe('matchingCommands', () => {
  for (const [query, expected] of [
    ['/', ['new', 'room', 'model']],
    ['/M', ['model']],
    ['/model', ['model']],
    ['/model ', []],
    ['/x', []],
    ['#new', []],
    ['', []],
  ] as const) {
    it(`finds ${expected.length} for ${JSON.stringify(query)}`, () => {
      assert.deepEqual(matchingCommands(query, names), expected);
    });
  }
});
