/** A spoken answer as a file that players open. */
export interface AudioFile {
  /** The file's ending. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** What OpenAI streams: 24,000 samples a second, one channel, 16 bits. */
const samplesPerSecond = 24_000;
const bytesPerSample = 2;

/** The file of a reply's audio; raw samples get a WAV header. Throws for data that is no base64. */
export function audioFile(format: string, base64: string): AudioFile {
  const data = decode(base64);
  return format === 'pcm16'
    ? { extension: 'wav', bytes: waveFile(data) }
    : { extension: /^[a-z0-9]{2,5}$/.test(format) ? format : 'bin', bytes: data };
}

/** In a plain loop: `Uint8Array.from` would hold up the extension host for seconds over a long answer. */
function decode(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function waveFile(data: Uint8Array): Uint8Array {
  // A reply that was cut may end within a sample.
  const samples = data.subarray(0, data.length - (data.length % bytesPerSample));
  const file = new Uint8Array(44 + samples.length);
  const view = new DataView(file.buffer);
  const text = (at: number, characters: string) => file.set(new TextEncoder().encode(characters), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, samplesPerSecond, true);
  view.setUint32(28, samplesPerSecond * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  text(36, 'data');
  view.setUint32(40, samples.length, true);
  file.set(samples, 44);
  return file;
}
