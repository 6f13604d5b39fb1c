import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { hasNoModelList } from '../../../src/chat/noModelList.ts';

const failed = (status: number) => new ApiError('provider', 'no', { status });

describe('a server without a list of models', () => {
  it('says so with its status; no other failure does', () => {
    assert.deepEqual([404, 405, 501].map(failed).map(hasNoModelList), [true, true, true]);
    const others = [failed(401), failed(500), new ApiError('network', 'no'), new Error('no'), undefined];
    assert.ok(!others.some(hasNoModelList));
  });
});
