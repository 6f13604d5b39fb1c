import assert from 'node:assert/strict';
import type { ContentPart } from '../../../src/api/wireRequest.ts';
import { askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryEndpoint } from './support/memoryChatrooms.ts';

const image: ContentPart = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } };
const sound: ContentPart = { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } };

describe('a prompt with images', () => {
  it('goes out as parts, the text first, and is no foreign turn afterwards', async () => {
    const endpoint = createMemoryEndpoint();
    const journal = createMemoryJournal();
    const first = await askTurn(endpoint, journal, [], 'what is it?', {
      attachments: 'file',
      media: [image, sound],
    });
    assert.deepEqual(endpoint.requests[0]?.request.messages, [
      { role: 'user', content: [{ type: 'text', text: 'file\n\nwhat is it?' }, image, sound] },
    ]);
    assert.deepEqual(
      endpoint.rooms.get('ch_1')?.map(({ type }) => type),
      ['text', 'image_url', 'input_audio', 'text'],
    );
    const second = await askTurn(endpoint, journal, [first.visible], 'and now?');
    assert.deepEqual(second.notices, []);
    assert.deepEqual(endpoint.requests[1]?.request.messages, [{ role: 'user', content: 'and now?' }]);
  });

  it('and no text has no empty text part', async () => {
    const endpoint = createMemoryEndpoint();
    await askTurn(endpoint, createMemoryJournal(), [], '', { media: [image] });
    assert.deepEqual(endpoint.requests[0]?.request.messages, [{ role: 'user', content: [image] }]);
  });

  it('none of which came through is a text', async () => {
    const endpoint = createMemoryEndpoint();
    await askTurn(endpoint, createMemoryJournal(), [], 'p', { media: [] });
    assert.deepEqual(endpoint.requests[0]?.request.messages, [{ role: 'user', content: 'p' }]);
  });
});
