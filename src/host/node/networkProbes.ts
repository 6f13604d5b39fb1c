import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { release, type as systemName } from 'node:os';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { proxyRefusal, watchProxy } from './proxyFailure.ts';
import type { Certificate, Connected, NetworkProbes } from '../../chat/diagnosisNetwork.ts';

/** Looks below HTTP with Node's own means. */
export const nodeProbes: NetworkProbes = {
  system: `${systemName()} ${release()} ${process.arch}, Node ${process.versions.node}`,
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  connect,
};

/** How long a server may take to answer, in milliseconds. */
const longestWait = 15_000;

/** VS Code sends requests of these modules through its proxy, so a bare socket would go another way. */
async function connect(url: string, signal: AbortSignal): Promise<Connected> {
  const { request } = url.startsWith('https:') ? https : http;
  const time = AbortSignal.timeout(longestWait);
  return await new Promise((resolve, reject) => {
    const outgoing = request(new URL('/', url), {
      method: 'HEAD',
      signal: AbortSignal.any([signal, time]),
      // A certificate that nobody trusts is what one wants to look at. The request holds nothing but the host's name.
      rejectUnauthorized: false,
    });
    const tell = watchProxy(outgoing);
    outgoing.once('response', (response) => {
      const refusal = proxyRefusal(url, response);
      if (refusal) reject(refusal);
      else resolve(connected(response.socket));
      response.destroy();
    });
    outgoing.on('error', (error) => reject(time.aborted ? timedOut(error) : tell(error)));
    outgoing.end();
  });
}

function timedOut(cause: Error): Error {
  return Object.assign(new Error('No answer came in time.', { cause }), { code: 'ETIMEDOUT' });
}

function connected(socket: unknown): Connected {
  if (!(socket instanceof TLSSocket)) return {};
  const protocol = socket.getProtocol();
  const certificate = certificateOf(socket.getPeerCertificate());
  return {
    ...(protocol !== null && { protocol }),
    ...(certificate && { certificate }),
    ...(!socket.authorized && { refusal: codeOf(socket.authorizationError) }),
  };
}

function certificateOf(peer: PeerCertificate): Certificate | undefined {
  // Empty where there is none.
  if (!('subject' in peer)) return undefined;
  const { subject, issuer, valid_from: validFrom, valid_to: validTo } = peer;
  return { subject: nameOf(subject), issuer: nameOf(issuer), validFrom, validTo };
}

function nameOf({ CN, O }: PeerCertificate['subject']): string {
  return [CN, O].flatMap((part) => part ?? []).join(', ');
}

/** Node's types say `Error`; it is the code itself, or an error with one for a wrong name. */
function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'CERT_REJECTED';
}
