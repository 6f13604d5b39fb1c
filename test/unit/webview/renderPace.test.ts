import assert from 'node:assert/strict';
import { drawingTime } from '../../../src/webview/renderPace.ts';

const never = -Infinity;

describe('the time to draw an answer that grows', () => {
  it('is at once where nobody types', () => {
    assert.equal(drawingTime({ now: 1000, key: never, shown: never, drawn: 999, asked: 1000 }), 1000);
    assert.equal(drawingTime({ now: 1000, key: 750, shown: 760, drawn: 999, asked: 1000 }), 1000);
  });

  it('comes after the frame that shows a key', () => {
    const waiting = { key: 999, drawn: never, asked: 1000 };
    assert.equal(drawingTime({ ...waiting, now: 1010, shown: 900 }), 1014);
    assert.equal(drawingTime({ ...waiting, now: 1011, shown: 1010 }), 1014);
    assert.equal(drawingTime({ ...waiting, now: 1014, shown: 1010 }), 1014);
  });

  it('leaves most spans between keys to these, and waits for the next key rather than to be in its way', () => {
    const after = { key: 1080, shown: 1085, asked: 1040 };
    assert.equal(drawingTime({ ...after, now: 1085, drawn: 1000 }), 1100);
    assert.equal(drawingTime({ ...after, now: 1085, drawn: 1030 }), 1290);
    assert.equal(drawingTime({ ...after, now: 1120, drawn: 1000 }), 1290);
  });

  it('comes when a person has stopped typing', () => {
    assert.equal(drawingTime({ now: 1300, key: 1080, shown: 1085, drawn: 1000, asked: 1200 }), 1330);
  });

  it('comes also while a key is held down', () => {
    const asked = 1000;
    let drawn: number | undefined;
    let key = asked;
    for (let now = asked; drawn === undefined; now += 10) {
      key = now; // quicker than any frame
      if (drawingTime({ now, key, shown: never, drawn: never, asked }) <= now) drawn = now;
    }
    assert.equal(drawn, 1250);
  });
});
