import { isObject } from '../../api/json.ts';
import type { L10n } from '../l10n.ts';
import { cleanName } from '../untrusted.ts';
import { promptName, readFields, readPrompt } from './promptFields.ts';
import type { QuickPrompt } from './quickPrompt.ts';

/** What `tachyon.quickPrompts` holds, and what is wrong with the entries that are left out. */
export interface ParsedPrompts {
  readonly prompts: readonly QuickPrompt[];
  readonly problems: readonly EntryProblem[];
}

/** Why an entry is left out, or all of them are. */
interface EntryProblem {
  /** One sentence, which names the entry. */
  readonly text: string;
  /** Of the entry, if it has one. */
  readonly name?: string;
}

const fields = ['name', 'prompt', 'description', 'target', 'model', 'room'];

/** More entries than this are no list that a person picks from. */
const mostPrompts = 200;

/** Reads `tachyon.quickPrompts`. An entry with a fault is left out whole; a fault in one never hides another. */
export function parsePrompts(raw: unknown, l10n: L10n): ParsedPrompts {
  if (raw === undefined || raw === null) return { prompts: [], problems: [] };
  if (!Array.isArray(raw))
    return { prompts: [], problems: [{ text: l10n.t('tachyon.quickPrompts must be a list of prompts.') }] };
  const prompts = new Map<string, QuickPrompt>();
  const problems: EntryProblem[] = [];
  const taken = l10n.t('Another one has this name; give it one of its own.');
  for (const [at, entry] of raw.slice(0, mostPrompts).entries()) {
    const prompt = parseEntry(entry, l10n);
    const problem = 'problem' in prompt ? prompt.problem : prompts.has(prompt.id) && taken;
    if (problem) {
      const name = isObject(entry) ? promptName(entry['name']) : '';
      // One without a name has a number, from 1.
      const text = l10n.t('Quick prompt “{0}”: {1}', name || String(at + 1), problem);
      problems.push({ text, ...(name !== '' && { name }) });
    } else if ('id' in prompt) prompts.set(prompt.id, prompt);
  }
  if (raw.length > mostPrompts)
    problems.push({
      text: l10n.t('tachyon.quickPrompts has more than {0} prompts; remove some.', mostPrompts),
    });
  return { prompts: [...prompts.values()], problems };
}

function parseEntry(entry: unknown, l10n: L10n): QuickPrompt | { readonly problem: string } {
  if (!isObject(entry)) return { problem: l10n.t('It must be an object.') };
  const unknown = Object.keys(entry).find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    return {
      problem: l10n.t(
        'The field “{0}” is unknown; remove it or use one of: {1}.',
        cleanName(unknown, 40),
        fields.join(', '),
      ),
    };
  }
  const name = promptName(entry['name']);
  if (name === '')
    return { problem: l10n.t('“{0}” must be {1}.', 'name', l10n.t('a text that is not empty')) };
  const prompt = readPrompt(entry['prompt'], l10n);
  if (typeof prompt !== 'string') return prompt;
  const more = readFields(entry, l10n);
  return 'problem' in more ? more : { id: `user:${name}`, name, prompt, ...more, origin: 'user' };
}
