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
      if (method !== 'POST' || url.startsWith('/none')) {
        response.writeHead(405).end('{}');
        return;
      }
      const known = { ...control, diff: [advisory(2, 'Bad')] };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(url.startsWith('/found') ? known : {}));
    });
  });

  after(() => registry.stop());

  const ask = (kind: string) =>
    findAdvisories([{ name: 'diff', version: '9.0.0' }], `${registry.url}/${kind}/`);

  it('are told, and it is an error where the registry knows none at all or does not answer', async () => {
    const [found, empty, none] = await Promise.allSettled(['found', 'empty', 'none'].map(ask));
    assert.deepEqual(found, { status: 'fulfilled', value: ['diff: Bad (https://example.com/2)'] });
    assert.ok(empty?.status === 'rejected' && /knows no advisories/.test(String(empty.reason)));
    assert.ok(none?.status === 'rejected' && /Nobody can tell: 405/.test(String(none.reason)));
  });
});
