import { randomBytes } from 'node:crypto';

/** A text that occurs nowhere else, to find out where it went. */
export interface Canary {
  readonly text: string;
  /** Each form that it may take, by name. */
  readonly forms: ReadonlyMap<string, Buffer>;
}

/** A text of our own around letters of which no second copy can be there by chance. */
export function createCanary(before: string, after: string): Canary {
  // Letters and digits only: most forms leave them as they are, and each of the others has its own below.
  const core = `Canary${randomBytes(12).toString('hex')}`;
  const text = before + core + after;
  const wide = Buffer.from(core, 'utf16le');
  const percent = [...Buffer.from(core)].map((byte) => `%${byte.toString(16)}`).join('');
  const forms = new Map<string, Buffer>([
    ['as it is', Buffer.from(core)],
    ['in UTF-16', wide],
    ['in UTF-16 with the high byte first', Buffer.from(wide).swap16()],
    ['in hexadecimal', Buffer.from(Buffer.from(core).toString('hex'))],
    ['percent-encoded', Buffer.from(percent)],
  ]);
  // Text around it shifts what base64 makes of it: three ways, without the ends that depend on the neighbours.
  for (const [name, bytes] of [
    ['in base64', Buffer.from(core)],
    ['in base64 of UTF-16', wide],
  ] as const) {
    for (const shift of [0, 1, 2]) {
      const whole = Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .replace(/=+$/, '');
      forms.set(`${name}, ${shift}`, Buffer.from(whole.slice(shift === 0 ? 0 : 4, -2)));
    }
  }
  return { text, forms };
}

/** Something that may hold a canary. */
export interface Place {
  readonly name: string;
  readonly content: Buffer | string;
}

/** Names of the places that hold the canary, each with the form that was found first. */
export function placesOf({ forms }: Canary, places: readonly Place[]): string[] {
  return places.flatMap(({ name, content }) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const found = [...forms].find(([, form]) => bytes.includes(form));
    return found === undefined ? [] : `${name} (${found[0]})`;
  });
}
