import assert from 'node:assert/strict';
import { createEventStreamDecoder } from '../../../src/api/eventStream.ts';
import { decode, decodeEverywhere, failure } from './decoding.ts';

const encoder = new TextEncoder();

describe('event streams', () => {
  it('end at [DONE], whatever blanks surround it', () => {
    assert.deepEqual(decodeEverywhere('data: {"a":1}\n\ndata:  [DONE] \n\ndata: {"b":2}\n\n').values, [
      { a: 1 },
    ]);
  });

  it('end at the end of the body without [DONE]', () => {
    const { values, error, ended } = decodeEverywhere('data: {"a":1}\n\n');
    assert.deepEqual([values, error, ended], [[{ a: 1 }], undefined, false]);
  });

  it('give an unfinished last event', () => {
    assert.deepEqual(decodeEverywhere('data: {"a":1}\n\ndata: {"b":2}').values, [{ a: 1 }, { b: 2 }]);
    assert.deepEqual(decodeEverywhere('data: {"a":1}\r\n\r\ndata: {"b":2}\r\n').values, [{ a: 1 }, { b: 2 }]);
  });

  for (const [name, end] of [
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`take ${name} as a line end`, () => {
      const lines = [
        ': hello',
        'event: chunk',
        'id: 7',
        'retry: 3',
        'data: {"text":',
        'data:"é"}',
        '',
        'data: {"b":2}',
        '',
        '',
      ];
      assert.deepEqual(decodeEverywhere(lines.join(end)).events, [
        { name: 'chunk', value: { text: 'é' } },
        { name: undefined, value: { b: 2 } },
      ]);
    });
  }

  it('may begin with a byte order mark and blank lines', () => {
    assert.deepEqual(decodeEverywhere('\uFEFF\n\r\n \ndata: {"a":1}\n\n').values, [{ a: 1 }]);
  });

  it('skip comments, disguised comments, empty data and unknown fields', () => {
    const body =
      ': OPENROUTER PROCESSING\n\ndata: : OPENROUTER PROCESSING\n\ndata: ping\n\ndata:\n\nfoo: bar\nbaz\ndata: {"a":1}\n\n';
    const { values, error } = decodeEverywhere(body);
    assert.deepEqual([values, error], [[{ a: 1 }], undefined]);
  });

  it('of nothing but comments, or [DONE], or a dataless event, give nothing', () => {
    for (const body of ['', '\n\n', ': keep-alive\n\n', 'data: [DONE]\n\n', 'event: done\n\n']) {
      const { values, error } = decodeEverywhere(body);
      assert.deepEqual([values, error], [[], undefined], JSON.stringify(body));
    }
  });

  it('keep what came before a broken event', () => {
    const { values, error } = decodeEverywhere('data: {"a":1}\n\ndata: {"b":\n\ndata: {"c":3}\n\n');
    assert.deepEqual(values, [{ a: 1 }]);
    assert.equal(error?.kind, 'malformedReply');
    assert.equal(error.details.body, '{"b":');
    assert.equal(error.details.providerMessage, undefined);
  });

  it('take objects apart that a server ran together, if all of them are whole', () => {
    const together: [data: string, values: unknown[] | undefined][] = [
      ['{"a":"}{"}{"b":2}', undefined],
      ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
      ['{"a":1} data: {"b":2}data:{"c":{}}', [{ a: 1 }, { b: 2 }, { c: {} }]],
      ['{"a":1}\ndata: {"b":2}\ndata: [DONE]', [{ a: 1 }, { b: 2 }]],
      ['{"a":1}{"b":', undefined],
      ['{"a":{"b":2}data: {"c":3}', undefined],
      ['{"a":1} and {"b":2}', undefined],
    ];
    for (const [data, values] of together) {
      const decoded = decodeEverywhere(`data: ${data}\n\ndata: {"z":0}\n\n`);
      const rest = data.endsWith('[DONE]') ? [] : [{ z: 0 }];
      assert.deepEqual(decoded.values, values === undefined ? [] : [...values, ...rest], data);
      assert.equal(decoded.error?.kind, values === undefined ? 'malformedReply' : undefined, data);
    }
    const { values, error } = decodeEverywhere('data: {"a":1}{"error":{"message":"no","code":7}}{"b":2}\n\n');
    assert.deepEqual([values, error?.kind, error?.details.code], [[{ a: 1 }], 'provider', '7']);
  });

  it('are cut if the body ends in the middle of an event', () => {
    const { values, error } = decodeEverywhere('data: {"a":1}\n\ndata: {"b":"仙');
    assert.deepEqual([values, error?.kind], [[{ a: 1 }], 'cut']);
  });

  it('tell apart comments and real bytes', () => {
    const decoder = createEventStreamDecoder((value) => value);
    const lively = [
      ': keep',
      '-alive\n\n',
      'data: : OPENROUTER PROCESSING\n\n',
      '\r\n',
      'da',
      'ta: {"a',
      '":1}\n',
      '\n',
      ':',
      ' x',
    ].map((piece) => decoder.decode(encoder.encode(piece)).lively);
    assert.deepEqual(lively, [false, false, false, false, true, true, true, true, false, false]);
  });
});

describe('bodies that are no event stream', () => {
  it('may be one JSON reply, with blanks before and [DONE] behind', () => {
    for (const body of [
      '{"a":[1]}',
      '\n\n {"a":[1]}\n\n',
      '{"a":[1]}\ndata: [DONE]\n\n',
      '\uFEFF{"a":[1]}\r\n\r\ndata:[DONE]',
    ]) {
      assert.deepEqual(decodeEverywhere(body).values, [{ a: [1] }]);
    }
  });

  it('may be a JSON array, which stays one value', () => {
    assert.deepEqual(decodeEverywhere('[{"id":1},{"id":2}]').values, [[{ id: 1 }, { id: 2 }]]);
  });

  it('are malformed if their JSON is broken', () => {
    const error = failure('{"a":');
    assert.deepEqual(
      [error.kind, error.details.body, error.details.providerMessage],
      ['malformedReply', '{"a":', undefined],
    );
  });

  it('are malformed if they are a web page; its title is the message', () => {
    const error = failure('\n<!doctype html><html><head><title>502\n Bad Gateway</title></head></html>');
    assert.equal(error.kind, 'malformedReply');
    assert.equal(error.details.providerMessage, '502 Bad Gateway');
    assert.match(error.details.body ?? '', /^<!doctype html>/);
    assert.equal(failure('<html><body>nothing</body></html>').details.providerMessage, undefined);
  });

  it('are malformed if they are plain text', () => {
    const error = failure('upstream connect error\nreset before headers');
    assert.equal(error.kind, 'malformedReply');
    assert.equal(error.details.body, 'upstream connect error\nreset before headers');
  });

  it('are read no further than an error can show', () => {
    const { error, ended } = decode(['<html>', ...Array.from({ length: 20 }, () => 'x'.repeat(8192))]);
    assert.deepEqual([error?.kind, error?.details.body?.length, ended], ['malformedReply', 8192, true]);
  });
});

describe('limits', () => {
  const limits = { event: 1000, answer: 5000 };

  it('stop a line that never ends, and keep what came before', () => {
    let fed = 0;
    const endless = (function* (): Generator<string> {
      yield 'data: {"a":1}\n\ndata: {"b":"';
      for (;;) {
        fed += 10;
        yield '仙'.repeat(3);
      }
    })();
    const { values, error } = decode(endless, { limits });
    assert.deepEqual(values, [{ a: 1 }]);
    assert.deepEqual(
      [error?.kind, error?.details.limit, error?.details.limitValue],
      ['tooLarge', 'event', 1000],
    );
    assert.ok(fed < 1200);
  });

  it('stop an event of too many lines', () => {
    const { error } = decode(
      Array.from({ length: 30 }, () => `data: ${'z'.repeat(50)}\n`),
      { limits },
    );
    assert.deepEqual([error?.kind, error?.details.limit], ['tooLarge', 'event']);
  });

  it('stop an event that comes at once, counted in bytes', () => {
    const body = `data: {"a":"${'仙'.repeat(400)}"}\n\n`;
    assert.equal(decode([body], { limits }).error?.details.limit, 'event');
    assert.equal(decode([body.replaceAll('仙', 's')], { limits }).error, undefined);
  });

  it('stop an answer of too many events', () => {
    const events = Array.from(
      { length: 10 },
      (_, index) => `data: {"i":${index},"pad":"${'p'.repeat(800)}"}\n\n`,
    );
    const { values, error } = decode(events, { limits });
    assert.equal(values.length, 6);
    assert.deepEqual(
      [error?.kind, error?.details.limit, error?.details.limitValue],
      ['tooLarge', 'answer', 5000],
    );
    assert.equal(decode([events.join('')], { limits }).values.length, 6);
  });

  it('stop a whole reply and an endless page of blanks', () => {
    assert.equal(decode([`{"a":"${'x'.repeat(6000)}"}`], { limits }).error?.details.limit, 'answer');
    assert.equal(
      decode(
        Array.from({ length: 60 }, () => '\n'.repeat(100)),
        { limits },
      ).error?.details.limit,
      'answer',
    );
  });

  it('are 4 MB an event and 16 MB an answer', () => {
    const megabyte = 'm'.repeat(1024 * 1024);
    const pieces = ['data: {"b":"', megabyte, megabyte, megabyte, megabyte, megabyte];
    assert.equal(decode(pieces).error?.details.limitValue, 4 * 1024 * 1024);
    const events = Array.from({ length: 20 }, () => `data: {"c":"${megabyte}"}\n\n`);
    const { values, error } = decode(events);
    assert.deepEqual([values.length, error?.details.limitValue], [15, 16 * 1024 * 1024]);
  });

  it('are read on through half a million lines that are no fields', () => {
    // An error for each of them would take longer than a test may.
    for (const line of ['---', 'retry: x', ' data: x', 'dat']) {
      const { values, error } = decode([`${`${line}\n`.repeat(500_000)}\ndata: {"a":1}\n\n`]);
      assert.deepEqual([values, error], [[{ a: 1 }], undefined]);
    }
  });
});
