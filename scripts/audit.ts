// npm run audit: builds the extension and asks npm's registry for advisories about the packages inside. Exit code 1 if
// there are any, 2 if the registry cannot tell.
import { bundledPackages, findAdvisories } from './packaging/advisories.ts';
import { runCommand } from './command.ts';

await runCommand(process.execPath, ['esbuild.mjs', '--production'], { quiet: true });
const packages = await bundledPackages();
try {
  const found = await findAdvisories(packages);
  for (const text of found) console.error(text);
  console.log(`Packages in the extension: ${packages.length}, advisories: ${found.length}`);
  process.exitCode = found.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`Not audited. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
