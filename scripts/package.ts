// npm run package: writes tachyon-chat.vsix at the root.
import { join } from 'node:path';
import { createPackage } from './packaging/vsix.ts';
import { root } from './paths.ts';

await createPackage(join(root, 'tachyon-chat.vsix'));
