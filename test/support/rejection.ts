import assert from 'node:assert/strict';

/** What `promise` rejects with; fails if it does not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  let thrown: unknown;
  await assert.rejects(promise, (error) => {
    thrown = error;
    return true;
  });
  return thrown;
}
