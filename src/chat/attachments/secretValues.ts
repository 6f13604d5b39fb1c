/** Words of examples, and what stands where a value is still to come or comes from elsewhere. */
const standIn =
  /example|placeholder|your[-_ .]?|change[-_]?me|redacted|dummy|sample|replace|insert|foobar|lorem|x{4}|\*{3}|\.{3}|…|0123456789|123456789|abcdefgh|qwerty/i;
/** `<your-key>`, `${KEY}`, `$(cat key)`, `$KEY`, `%KEY%`, `{{ key }}`, `[key]`, `*alias`. */
const reference = /^(?:<|\{\{|[{[*][A-Za-z_]|%\w+%|@\w+@|\\?\$(?:[A-Za-z_]{2}|[{(]))/;
const fromElsewhere = /\b(?:process\.env|import\.meta|os\.environ|getenv|secrets?\.|vars?\.|env\[)/i;
/** Far into a long value a word may stand by chance. */
const headLength = 64;

/** Whether a value only stands where a secret would: an example, a variable, a mask. */
export function isStandIn(value: string): boolean {
  const head = value.slice(0, headLength);
  return standIn.test(head) || reference.test(head) || fromElsewhere.test(head) || isMonotonous(head);
}

/** Whether a value looks drawn by lot, and not written by a person: it changes between kinds of characters all the time. */
export function isRandom(value: string, shortest: number): boolean {
  if (value.length < shortest || value.length > 4096 || !/\d/.test(value)) return false;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return true;
  if (/^[0-9a-f]{24,}$/i.test(value)) return /[a-f]/i.test(value);
  if (!/^[\w+/=.~:!@#$%^&*?-]+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  const head = value.slice(0, headLength);
  const pieces = head.match(/[A-Z]?[a-z]+|[A-Z]+|\d+|[^A-Za-z\d]/g)?.length ?? 1;
  return head.length / pieces < 2.6;
}

/** Whether a person may have chosen it as a password: at least two kinds of characters, and no name, path or number. */
export function isPassword(value: string): boolean {
  if (value.length < 6 || value.length > 256 || /\s/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w.:/-]/].filter((kind) => kind.test(value)).length;
  const hasMark = /\d/.test(value) || /[^\w.:/-]/.test(value);
  return kinds >= 2 && hasMark && !names.some((name) => name.test(value));
}

const names = [
  // Words and a number, as in `password-input-2`; a path of properties; a call.
  /^[a-z]+(?:[-_.:/][a-z]+)+[-_.:/]?v?\d{0,3}$/i,
  /^[A-Za-z_$][\w$]*(?:(?:\?|!)?\.[A-Za-z_$][\w$]*|\[\w*\])+$/,
  /^[\w$.]+\(|=>|^https?:\/\/|^(?:\.{0,2}|~)\/|::/,
  // The name once more.
  /^(?:old|new|my|the)?_?(?:pass(?:word|wd|phrase)?|pwd|secret|token|key)\d{0,2}$/i,
];

function isMonotonous(text: string): boolean {
  return new Set(text).size < Math.min(6, text.length * 0.6);
}
