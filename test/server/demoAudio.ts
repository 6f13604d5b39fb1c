import type { ReplyDelta } from './chunks.ts';
import { ulid } from './ulid.ts';

const sampleRate = 24_000;

/**
 * A quarter of a second of a tone as OpenAI streams audio: an id, pieces of transcript and of base64 data, an expiry
 * (wire contract D). The data is 16-bit mono PCM at 24 kHz, with a WAV header if the format is `wav`.
 */
export function audioDeltas(transcript: string, format: string | undefined): ReplyDelta[] {
  const sound = format === 'wav' ? wav(tone()) : tone();
  // A multiple of 3 and of 2: whole samples, and no base64 padding in the middle.
  const size = 3000;
  const data = Array.from({ length: Math.ceil(sound.length / size) }, (_, index) =>
    sound.subarray(index * size, (index + 1) * size).toString('base64'),
  );
  const half = Math.ceil(transcript.length / 2);
  const expires = Math.floor(Date.now() / 1000) + 3600;
  return [
    { audio: { id: `audio_${ulid()}`, transcript: transcript.slice(0, half) } },
    ...data.map((piece) => ({ audio: { data: piece } })),
    { audio: { transcript: transcript.slice(half) } },
    { audio: { expires_at: expires } },
  ];
}

function tone(): Buffer {
  const samples = Int16Array.from({ length: sampleRate / 4 }, (_, index) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * index) / sampleRate)),
  );
  return Buffer.from(samples.buffer);
}

function wav(pcm: Buffer): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  return Buffer.concat([header, pcm]);
}
