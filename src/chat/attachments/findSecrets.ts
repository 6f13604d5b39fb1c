import { findAssigned } from './secretAssignments.ts';
import { type FoundSecret, type SecretKind, tokenFormats } from './secretFormats.ts';
import { isPassword, isRandom, isStandIn } from './secretValues.ts';

/** One group for each format: its prefix. */
const tokens = new RegExp(
  `(?<![A-Za-z0-9])(?:${tokenFormats.map(([, prefix, body]) => `(${prefix})${body}`).join('|')})`,
  'g',
);

const keyHeader = /-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
/** Of a key whose end is not in the text. */
const keyLines = /^(?:[\s"',]|\\[nrt]|[A-Za-z0-9+/=]{4,})*/;

/** What makes a secret of the text after it: a kind, the two in groups, and whether the text may be one. */
const places: readonly (readonly [SecretKind, RegExp, (value: string) => boolean])[] = [
  [
    'authorization',
    /(authorization["'`\\]{0,4}\s{0,4}[:=,]\s{0,4}["'`\\]{0,4}(?:bearer|basic|token|digest|apikey)\s{1,4})([\w.~+/=:-]{8,4000})/gi,
    (value) => /\d|=$/.test(value),
  ],
  ['authorization', /(\bbearer\s{1,4})([\w.~+/=-]{20,4000})/gi, (value) => isRandom(value, 20)],
  [
    'urlPassword',
    /(:\\?\/\\?\/[^\s:@/?#"'<>\\[\](){}|*^]{0,100}:)([^\s@/?#"'<>\\[\](){}|*^]{4,200})(?=@)/g,
    (value) => !/^(?:pass(?:w(?:or)?d)?|pwd|pw|secret|token|key|\d{1,5})$/i.test(value),
  ],
  ['password', /(;\s{0,4}(?:password|pwd)\s{0,4}=\s{0,4})([^;"'\r\n]{4,128})/gi, isPassword],
  ['password', /(\blogin\s{1,4}\S{1,100}\s{1,4}password\s{1,4})(\S{4,128})/g, isPassword],
  [
    'password',
    /(<[\w:-]{0,60}(?:password|passwd|secret|token|api-?key)>)([^<>\s]{6,256})(?=<\/)/gi,
    (value) => isPassword(value) || isRandom(value, 12),
  ],
];

/** Likely secrets in a text, in order and apart from each other. It takes time in proportion to the text's length. */
export function findSecrets(text: string): readonly FoundSecret[] {
  const special = [...findPrivateKeys(text), ...findTokens(text)];
  const general = [...findPlaced(text), ...findAssigned(text)];
  const ends = new Set(special.map(({ end }) => end));
  // What has a format is told by that: more of it may be shown.
  return joined([...special, ...general.filter(({ end }) => !ends.has(end))]);
}

function* findTokens(text: string): Iterable<FoundSecret> {
  for (const match of text.matchAll(tokens)) {
    const [whole, ...prefixes] = match;
    const at = prefixes.findIndex((prefix) => prefix !== undefined);
    const [kind] = tokenFormats[at] ?? [];
    const body = whole.slice(prefixes[at]?.length ?? 0);
    if (kind === undefined || isStandIn(body) || !isVaried(body)) continue;
    const end = match.index + whole.length;
    yield { kind, start: end - body.length, end };
  }
}

/** No name of something in a program: those have no numbers, and no capitals in a long row. */
function isVaried(body: string): boolean {
  return /\d/.test(body) || (body.length >= 30 && isRandom(`${body}0`, 30));
}

function* findPrivateKeys(text: string): Iterable<FoundSecret> {
  for (const match of text.matchAll(keyHeader)) {
    const start = match.index + match[0].length;
    const next = text.indexOf('-----', start);
    const isEnded = next !== -1 && text.startsWith('-----END', next);
    const end = isEnded ? next : start + (keyLines.exec(text.slice(start))?.[0].length ?? 0);
    const [line] = /[A-Za-z0-9+/=]{40,}/.exec(text.slice(start, end)) ?? [];
    if (line !== undefined && !isStandIn(line)) yield { kind: 'privateKey', start, end };
  }
}

function* findPlaced(text: string): Iterable<FoundSecret> {
  for (const [kind, place, isLikely] of places) {
    for (const match of text.matchAll(place)) {
      const [whole, before = '', value = ''] = match;
      if (isStandIn(value) || !isLikely(value)) continue;
      const start = match.index + before.length;
      yield { kind, start, end: match.index + whole.length };
    }
  }
}

function joined(found: readonly FoundSecret[]): FoundSecret[] {
  const apart: FoundSecret[] = [];
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (!last || secret.start >= last.end) apart.push(secret);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, secret.end) };
  }
  return apart;
}
