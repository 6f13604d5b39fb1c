import type { Connection } from '../../../api/connection.ts';
import { permitHttp } from '../keyStep.ts';
import { writeFields } from './writeFields.ts';

/** Asks for answers whole, or as a stream again. */
export async function switchWholeReplies({ name, stream }: Connection): Promise<string> {
  await writeFields(name, { stream: stream === false ? undefined : false });
  return name;
}

/** Lets the key go over plain http once the person has confirmed it, or keeps it from that again. */
export async function switchHttp(connection: Connection): Promise<string> {
  const { name } = connection;
  if (connection.allowHttp === true) await writeFields(name, { allowHttp: undefined });
  else if ((await permitHttp(connection)).allowHttp === true) await writeFields(name, { allowHttp: true });
  return name;
}
