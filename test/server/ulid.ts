import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A lower-case ULID: 10 characters of time, 16 of randomness. Bodies of `ch_…` and `msg_…` ids. */
export function ulid(time: number = Date.now()): string {
  let head = '';
  for (let rest = time, i = 0; i < 10; i += 1) {
    head = alphabet.charAt(rest % 32) + head;
    rest = Math.floor(rest / 32);
  }
  return head + Array.from(randomBytes(16), (byte) => alphabet.charAt(byte % 32)).join('');
}
