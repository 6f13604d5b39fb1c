import { fileTargets } from '../fuzz/fileTargets.ts';
import { runCase } from '../fuzz/fuzz.ts';
import { startConversationTarget } from '../fuzz/conversationTarget.ts';
import { panelTargets } from '../fuzz/panelTargets.ts';
import { wireTargets } from '../fuzz/wireTargets.ts';

/** `npm run fuzz` goes on from here for as long as one likes. */
describe('mutated input breaks nothing', () => {
  for (const target of [...wireTargets, ...fileTargets, ...panelTargets]) {
    it(`as ${target.name}`, async () => {
      for (let seed = 0; seed < 200; seed += 1) await runCase(target, seed);
    });
  }

  it('as an answer of a server', async () => {
    const { target, server } = await startConversationTarget();
    try {
      for (let seed = 0; seed < 30; seed += 1) await runCase(target, seed);
    } finally {
      await server.close();
    }
  });
});
