import type { CapturedExchange, CapturedPiece } from '../api/capture.ts';
import type { ConnectionKind } from '../api/connection.ts';
import { pickSafeHeaders } from '../api/headers.ts';
import type { SecretMask } from './diagnosisMask.ts';

/** What a file for `npm run server -- --replay` holds. */
interface Recording {
  readonly kind: ConnectionKind;
  readonly exchanges: readonly RecordedExchange[];
}

/** Pauses in milliseconds since the piece before, or the headers. */
interface RecordedExchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: readonly { readonly afterMs: number; readonly base64: string }[];
  readonly cut?: boolean;
}

/**
 * What was captured as a recording for `npm run server -- --replay`, with every secret masked. Paths are counted from
 * the connection's base URL, without queries.
 */
export function recordingOf(
  exchanges: readonly CapturedExchange[],
  { kind, base, mask }: { readonly kind: ConnectionKind; readonly base: string; readonly mask: SecretMask },
): Recording {
  const basePath = new URL(base).pathname.replace(/\/$/, '');
  return {
    kind,
    exchanges: exchanges
      .filter(isPlayable)
      .map(({ method, url, status, headers, headersAfter, pieces, isCut }) => {
        const masked = maskedPieces(pieces, mask);
        return {
          method,
          path: mask.text(url.pathname.slice(basePath.length)),
          status,
          headers: pickSafeHeaders(headers, mask.text),
          chunks: masked.map(({ after, bytes }, index) => ({
            afterMs: Math.round(after - (masked[index - 1]?.after ?? headersAfter)),
            base64: base64(bytes),
          })),
          ...(isCut && { cut: true }),
        };
      }),
  };
}

/** A redirect that a browser hides has the status 0. */
function isPlayable({ status }: CapturedExchange): boolean {
  return status >= 200 && status <= 599;
}

/** A secret may stand across two pieces, so the whole is masked at once. */
function maskedPieces(pieces: readonly CapturedPiece[], mask: SecretMask): CapturedPiece[] {
  const whole = new Uint8Array(pieces.reduce((size, { bytes }) => size + bytes.length, 0));
  let end = 0;
  for (const { bytes } of pieces) {
    whole.set(bytes, end);
    end += bytes.length;
  }
  const masked = mask.bytes(whole);
  let start = 0;
  return pieces.map(({ after, bytes }) => {
    const piece = masked.subarray(start, start + bytes.length);
    start += bytes.length;
    return { after, bytes: piece };
  });
}

function base64(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte));
  return btoa(characters.join(''));
}
