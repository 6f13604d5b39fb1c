import type { FoundSecret } from './secretFormats.ts';
import { isPassword, isRandom, isStandIn } from './secretValues.ts';

const passwords = 'passw(?:or)?d|passphrase|pwd|_pass';
const owners =
  'api|access|secret|private|auth|encrypt(?:ion)?|signing|master|account|shared|service|session|webhook|deploy|subscription|app(?:lication)?';
const tokens = `secret|token|credentials?|_auth|(?:${owners})[_.-]?key|_key`;
const places =
  'prod(?:uction)?|dev(?:elopment)?|stag(?:e|ing)|test|live|local|value|base64|b64|primary|secondary|default|old|new|\\d{1,2}';
/** A name that ends with a word for a secret, and what stands between it and its value. */
const assignment = new RegExp(
  `(?:(${passwords})|(${tokens}))(?:[_-]?(?:${places}))?(\\\\{0,3}["'\`])?\\]?` +
    `(?:\\s?:\\s?(?:string|str))?(\\s{0,8}(?:=>|[:|?]{0,2}=|[:,])\\s{0,8}|[ \\t]{1,4})`,
  'gi',
);
const quotedStart = /^[rbfu]{0,2}\\{0,3}(["'`])/i;
const bare = /^[^\s"'`<>,;(){}[\]\\|&]{6,256}/;
/** The rest of what {@link bare} begins; the shell takes anything up to a blank. */
const bareRest = /^[^\s"'`<>,;(){}[\]\\|&]*/;
const wordRest = /^[^\s"'`]*/;
const endOfLine = /^(?:[ \t]{1,100}[#;]|[ \t]{0,100}(?:[\r\n]|$))/;
/** Signs of a program, not of a token. */
const expression = /[!@#$%^*?]|=(?!=?$)/;
/** Code units in which a quoted value ends. */
const longest = 4096;

/** Values that look like secrets and are assigned to names of secrets, as in `.env`, JSON, YAML and code. */
export function findAssigned(text: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(assignment)) {
    const [whole, password, token = '', quote, separator = ''] = match;
    const isFlag = separator.trim() === '';
    if (isFlag && !followsDashes(text, match.index)) continue;
    const at = match.index + whole.length;
    if (at < (found.at(-1)?.end ?? 0)) continue;
    const quoted = quotedValue(text, at);
    // In a list, only one text after another.
    if (separator.trim() === ',' && (quote === undefined || !quoted)) continue;
    // Any `…_KEY` holds more than secrets.
    const shortest = /^_key$/i.test(token) ? 20 : quoted ? 12 : 16;
    const isTight = isFlag || (separator === '=' && /^[A-Z_]+$/.test(password ?? token));
    const [start, end] = quoted ?? bareValue(text, at);
    const value = text.slice(start, end);
    const isCode = !quoted && !isTight;
    const isChosen = password !== undefined && (!isCode || isWhole(text, start, end));
    const isLikely = isChosen
      ? isPassword(value)
      : isRandom(value, shortest) && !(isCode && expression.test(value));
    if (!isLikely || isStandIn(value)) continue;
    const rest = quoted ? undefined : (isTight ? wordRest : bareRest).exec(text.slice(end));
    const kind = password === undefined ? 'assigned' : 'password';
    found.push({ kind, start, end: end + (rest?.[0].length ?? 0) });
  }
  return found;
}

type Range = readonly [start: number, end: number];

/** Between two equal quotes on one line. */
function quotedValue(text: string, at: number): Range | undefined {
  const [opening, quote = ''] = quotedStart.exec(text.slice(at, at + 6)) ?? [];
  if (opening === undefined) return undefined;
  const start = at + opening.length;
  const rest = text.slice(start, start + longest);
  const length = rest.indexOf(quote);
  if (length === -1 || /[\r\n]/.test(rest.slice(0, length))) return [start, start];
  // Inside another text the quote has a backslash.
  let end = start + length;
  while (end > start && text.charAt(end - 1) === '\\') end -= 1;
  return [start, end];
}

function bareValue(text: string, at: number): Range {
  const [value = ''] = bare.exec(text.slice(at, at + 256)) ?? [];
  return [at, at + value.length];
}

/** Nothing but a comment comes after it, and it is not the name of something. */
function isWhole(text: string, start: number, end: number): boolean {
  return (
    endOfLine.test(text.slice(end, end + 101)) &&
    !/pass|pwd|secret|token|key|user|input|value|field/i.test(text.slice(start, end))
  );
}

/** Whether a name is that of an option, as in `--password`. */
function followsDashes(text: string, index: number): boolean {
  return /(?:^|\s)--[\w-]*$/.test(text.slice(Math.max(0, index - 40), index));
}
