import assert from 'node:assert/strict';
import { findAdvisories } from '../../../../scripts/packaging/advisories.ts';
import { type Loopback, startLoopback } from '../../../support/loopback.ts';

function advisory(id: number, title: string): object {
  const url = `https://example.com/${id}`;
  return { id, url, title, severity: 'high', vulnerable_versions: '*', cwe: [], cvss: { score: 0 } };
}

const control = { minimist: [advisory(1, 'Old')] };

describe('advisories about packages', function () {
  this.timeout(30_000);
  let registry: Loopback;

  before(async () => {
    registry = await startLoopback((response, { method, url }) => {
      const [, kind = ''] = url.split('/');
      if (method !== 'POST' || kind === 'none') response.writeHead(405).end('{}');
      else {
        const answers = { clean: control, found: { ...control, diff: [advisory(2, 'Bad')] } };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(Object.entries(answers).find(([name]) => name === kind)?.[1] ?? {}));
      }
    });
  });

  after(() => registry.stop());

  const ask = (kind: string) =>
    findAdvisories([{ name: 'diff', version: '9.0.0' }], `${registry.url}/${kind}/`);

  it('are told, none where the registry knows others, and an error where it knows none or does not answer', async () => {
    const [found, clean, empty, none] = await Promise.allSettled(
      ['found', 'clean', 'empty', 'none'].map(ask),
    );
    assert.deepEqual(found, { status: 'fulfilled', value: ['diff: Bad (https://example.com/2)'] });
    assert.deepEqual(clean, { status: 'fulfilled', value: [] });
    assert.ok(empty?.status === 'rejected' && /knows no advisories/.test(String(empty.reason)));
    assert.ok(none?.status === 'rejected' && /Nobody can tell: 405/.test(String(none.reason)));
  });
});
