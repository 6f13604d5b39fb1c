import assert from 'node:assert/strict';
import { decode, decodeEverywhere, failure } from './decoding.ts';

function mask(text: string): string {
  return text.replaceAll('sk-secret', '***');
}

describe('errors inside a reply', () => {
  const told: [body: string, code: string | undefined, message: string | undefined][] = [
    ['event: error\ndata: {"code":"RATE","message":"slow down"}\n\n', 'RATE', 'slow down'],
    ['event: error\ndata: {"error":"BadRequest: no such model"}\n\n', 'BadRequest', 'no such model'],
    ['event: error\ndata: {"error":{"message":"boom","code":500}}\n\n', '500', 'boom'],
    ['event: error\ndata: {"message":"boom"}\n\n', undefined, 'boom'],
    ['event: error\ndata: it broke\n\n', undefined, 'it broke'],
    [
      'data: {"error":{"code":502,"message":"upstream"},"choices":[{"finish_reason":"error"}]}\n\n',
      '502',
      'upstream',
    ],
    ['data: {"error":"out of memory"}\n\n', undefined, 'out of memory'],
    ['data: {"error":{"message":"a","type":"server_error"},"message":"b"}\n\n', 'server_error', 'a'],
    ['data: {"object":"error","message":"too long","code":400}\n\n', '400', 'too long'],
    [
      'data: {"type":"error","message":"no credit","code":"PAYMENT_REQUIRED"}\n\n',
      'PAYMENT_REQUIRED',
      'no credit',
    ],
    ['error: {"code":500,"message":"slot unavailable"}\n\ndata: [DONE]\n\n', '500', 'slot unavailable'],
    ['error: {"code":500,"message":"no line end"}', '500', 'no line end'],
    [
      '{"error":"Unexpected endpoint or method. (POST /x)"}',
      undefined,
      'Unexpected endpoint or method. (POST /x)',
    ],
    ['{"error":{"message":{"reason":"odd"}}}', undefined, '{"reason":"odd"}'],
    ['[{"error":{"code":429,"message":"quota"}}]', '429', 'quota'],
  ];
  for (const [body, code, message] of told) {
    it(`are read from ${body.slice(0, 60).replaceAll('\n', ' ')}`, () => {
      const error = failure(body);
      assert.deepEqual(
        [error.kind, error.details.code, error.details.providerMessage],
        ['provider', code, message],
      );
    });
  }

  it('come after the events before them', () => {
    const { values, error } = decodeEverywhere(
      'data: {"a":1}\n\ndata: {"error":{"message":"x"}}\n\ndata: {"b":2}\n\n',
    );
    assert.deepEqual([values, error?.kind], [[{ a: 1 }], 'provider']);
  });

  it('are none where `error` is null or empty', () => {
    assert.deepEqual(decode(['data: {"error":null}\n\ndata: {"error":""}\n\n']).values, [
      { error: null },
      { error: '' },
    ]);
  });

  it('never hold a masked text', () => {
    const bodies = [
      `data: {"error":{"message":"bad key sk-secret","code":"sk-secret"}}\n\n`,
      `data: {"broken sk-secret\n\n`,
      `<html><title>sk-secret</title>`,
      `nothing but sk-secret\n`,
      `${'x'.repeat(8 * 1024 - 3)}sk-secret\n`,
    ];
    for (const body of bodies) {
      const { error } = decode([body], { mask });
      assert.ok(error);
      assert.doesNotMatch(JSON.stringify([error.message, error.details]), /sk-s/);
      assert.match(JSON.stringify(error.details), /\*\*|xxxx/);
    }
  });
});
