import type { Connection } from '../api/connection.ts';
import { networkError } from '../api/networkError.ts';
import { isLoopback } from '../api/url.ts';
import { codeSpan } from './codeSpan.ts';
import { describeError } from './describeError.ts';
import type { DiagnosisInput, Finding } from './diagnosis.ts';
import { escapeMarkdown } from './untrusted.ts';

/** What only a host with sockets can look at. */
export interface NetworkProbes {
  /** The operating system and the runtime, in a few words. */
  readonly system: string;
  /** The addresses of a host name. Rejects with the system's error. */
  resolve(host: string): Promise<string[]>;
  /**
   * Connects as requests do, also through a proxy, and looks at the certificate without refusing it. Nothing secret is
   * sent. Rejects with the system's error, or what the signal was aborted with.
   */
  connect(url: string, signal: AbortSignal): Promise<Connected>;
}

/** A connection to a server; the fields are missing where it is not encrypted. */
export interface Connected {
  /** Such as `TLSv1.3`. */
  readonly protocol?: string;
  readonly certificate?: Certificate;
  /** The system's code of why the certificate is not trusted. */
  readonly refusal?: string;
}

/** Names and dates of a certificate, as it has them. Untrusted texts. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/** What decides which way requests go. */
export interface ProxyFacts {
  /** VS Code's settings by name, those that were set. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Environment variables by name, those that are set. */
  readonly environment: Readonly<Record<string, string>>;
}

type Checked = Pick<Finding, 'outcome' | 'text'>;

/** A setting that names a proxy; the others say when and how it is used. */
const proxyNames: ReadonlySet<string> = new Set(['http.proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']);

/** The proxy settings that there are. */
export function checkProxies({ proxies, mask, l10n }: DiagnosisInput): Checked {
  const facts = Object.entries({ ...proxies.settings, ...proxies.environment }).map(([name, value]) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    return `\`${name}\` = ${codeSpan(mask.text(withoutUserInfo(shown)))}`;
  });
  const listed = facts.join(', ');
  const { 'http.proxy': proxy, 'http.proxySupport': support } = proxies.settings;
  if (typeof proxy === 'string' && !/^https?:\/\/[^/]/i.test(proxy)) {
    return {
      outcome: 'problem',
      text: l10n.t(
        '`http.proxy` is no URL; write it whole, for example {0}. {1}',
        'http://proxy.example:3128',
        listed,
      ),
    };
  }
  if (typeof proxy === 'string' && support === 'off') {
    return {
      outcome: 'problem',
      text: l10n.t(
        'VS Code uses no proxy, although one is set: `http.proxySupport` is “off”; set it to “override”. {0}',
        listed,
      ),
    };
  }
  if (hasProxy(proxies))
    return { outcome: 'ok', text: l10n.t('Requests may go through a proxy: {0}.', listed) };
  const none = l10n.t('Neither VS Code nor the environment names a proxy; the system’s own may be used.');
  return { outcome: 'ok', text: listed === '' ? none : `${none} ${listed}.` };
}

function hasProxy({ settings, environment }: ProxyFacts): boolean {
  const names = [...Object.keys(settings), ...Object.keys(environment).map((name) => name.toUpperCase())];
  return names.some((name) => proxyNames.has(name));
}

/** Also from a value that is no URL: up to the last `@`. */
function withoutUserInfo(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1***@');
}

/** The name in the URL. */
export async function checkAddress(input: DiagnosisInput): Promise<Checked> {
  const { connection, probes, proxies, mask, l10n, signal } = input;
  const { hostname } = new URL(connection.url);
  const host = escapeMarkdown(mask.text(hostname));
  if (/^\[|^[\d.]+$/.test(hostname)) {
    return { outcome: 'ok', text: l10n.t('The URL names the address {0} itself.', host) };
  }
  if (!probes) return notHere(input);
  try {
    const addresses = await orAborted(probes.resolve(hostname), signal);
    return {
      outcome: 'ok',
      text: l10n.t('{0} has the address {1}.', host, addresses.slice(0, 4).join(', ')),
    };
  } catch (error) {
    signal.throwIfAborted();
    return hasProxy(proxies)
      ? { outcome: 'skipped', text: l10n.t('{0} is not known here; a proxy may know it.', host) }
      : { outcome: 'problem', text: refusalText(error, connection, input) };
  }
}

/** The way to the server, and its certificate. */
export async function checkSecurity(input: DiagnosisInput): Promise<Checked> {
  const { connection, probes, l10n, signal } = input;
  if (!probes) return notHere(input);
  try {
    const { protocol, certificate, refusal } = await orAborted(
      probes.connect(connection.url, signal),
      signal,
    );
    const shown = certificate ? certificateText(certificate, input) : '';
    if (refusal !== undefined) {
      const text = refusalText({ code: refusal }, connection, input);
      return { outcome: 'problem', text: `${text} ${shown}`.trimEnd() };
    }
    if (protocol !== undefined) {
      const text = l10n.t('Connected by {0}, and the certificate is trusted.', escapeMarkdown(protocol));
      return { outcome: 'ok', text: `${text} ${shown}`.trimEnd() };
    }
    const text = isLoopback(new URL(connection.url))
      ? l10n.t('Connected to a server on this machine, without encryption.')
      : l10n.t('Connected without encryption; use an https URL if the server has one.');
    return { outcome: 'ok', text };
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: 'problem', text: refusalText(error, connection, input) };
  }
}

function certificateText(
  { subject, issuer, validFrom, validTo }: Certificate,
  { mask, l10n }: DiagnosisInput,
): string {
  const [name, by, from, to] = [subject, issuer, validFrom, validTo].map((part) =>
    escapeMarkdown(mask.text(part)),
  );
  return l10n.t(
    'The certificate of {0} was issued by {1} and is valid from {2} to {3}.',
    name ?? '',
    by ?? '',
    from ?? '',
    to ?? '',
  );
}

function notHere({ l10n }: DiagnosisInput): Checked {
  return { outcome: 'skipped', text: l10n.t('VS Code in the browser cannot look at this.') };
}

function refusalText(error: unknown, { name, kind }: Connection, { mask, l10n }: DiagnosisInput): string {
  return describeError(mask.error(networkError(error)), name, l10n, kind).message;
}

/** Rejects as soon as the signal aborts; the system call ends by itself. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
