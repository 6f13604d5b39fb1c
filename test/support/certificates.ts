import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

// The few parts of X.509 that a TLS server needs, so that no test depends on a program of the machine.

/** A key and a certificate as `tls.createServer` takes them; `cert` may hold a whole chain. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate says. */
export interface CertificateOptions {
  /** Host names and IPv4 addresses; the first is the subject. Default: localhost and 127.0.0.1. */
  readonly names?: readonly string[];
  /** Default: yesterday and in a year. */
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

/** A certificate authority of a test. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly cert: string;
  /** A server's key and certificate, signed by it; the chain is not included. */
  issue(options?: CertificateOptions): Identity;
  /** An authority whose certificate it signed. */
  intermediate(name: string): Authority;
}

/** A new authority whose certificate is signed by itself. */
export function createAuthority(name: string): Authority {
  const key = newKey();
  return authority(key, name, certificate({ key, subject: name, issuer: name, by: key, isAuthority: true }));
}

/** A server's certificate that is signed by itself. */
export function selfSigned(options: CertificateOptions = {}): Identity {
  const key = newKey();
  const subject = namesOf(options)[0] ?? '';
  return { key: pem(key), cert: certificate({ key, subject, issuer: subject, by: key, ...options }) };
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

interface Contents extends CertificateOptions {
  readonly key: KeyPair;
  readonly subject: string;
  readonly issuer: string;
  readonly by: KeyPair;
  readonly isAuthority?: boolean;
}

function authority(key: KeyPair, name: string, cert: string): Authority {
  return {
    cert,
    issue(options = {}) {
      const own = newKey();
      const subject = namesOf(options)[0] ?? '';
      return { key: pem(own), cert: certificate({ key: own, subject, issuer: name, by: key, ...options }) };
    },
    intermediate(subject) {
      const own = newKey();
      const contents = { key: own, subject, issuer: name, by: key, isAuthority: true };
      return authority(own, subject, certificate(contents));
    },
  };
}

function newKey(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function pem({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function namesOf({ names = ['localhost', '127.0.0.1'] }: CertificateOptions): readonly string[] {
  return names;
}

const day = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

function certificate(contents: Contents): string {
  const { key, subject, issuer, by, isAuthority = false } = contents;
  const { validFrom = new Date(Date.now() - day), validTo = new Date(Date.now() + 365 * day) } = contents;
  const extensions = isAuthority
    ? [extension('551d13', sequence(tlv(0x01, Buffer.of(0xff))))]
    : [extension('551d11', sequence(...namesOf(contents).map(alternativeName)))];
  const body = sequence(
    tlv(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(validFrom), time(validTo)),
    commonName(subject),
    key.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = tlv(0x03, Buffer.of(0), sign('sha256', body, by.privateKey));
  const base64 = sequence(body, ecdsaWithSha256, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), tlv(0x04, value));
}

function alternativeName(name: string): Buffer {
  const isAddress = /^[\d.]+$/.test(name);
  return isAddress ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name));
}

function commonName(name: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))));
}

/** As a GeneralizedTime, without the fraction of a second. */
function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\..*$/g, '')}Z`));
}

function integer(bytes: Buffer): Buffer {
  return tlv(0x02, bytes);
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, ...parts);
}

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), value]);
}
