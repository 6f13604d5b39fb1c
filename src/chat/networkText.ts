import type { ApiErrorDetails } from '../api/apiError.ts';
import { isLoopback } from '../api/url.ts';
import type { DescribedError } from './describeError.ts';
import type { L10n } from './l10n.ts';
import { escapeMarkdown } from './untrusted.ts';

// Every `name` is a connection's, escaped. Nothing here advises to switch a check off.

type Describe = (name: string, l10n: L10n, details: ApiErrorDetails) => DescribedError;

/** Says why a server was not reached and what to do; the system's code follows in brackets. */
export function describeNetwork(details: ApiErrorDetails, name: string, l10n: L10n): DescribedError {
  const { code = '' } = details;
  const describe = Object.hasOwn(byCode, code)
    ? byCode[code]
    : families.find(([pattern]) => pattern.test(code))?.[1];
  return (describe ?? (hasBroken(details) ? broken : unreachable))(name, l10n, details);
}

/** A connection that stood broke. Browsers tell no code, and nothing else of what failed. */
function hasBroken({ code = '', mayHaveBeenAccepted }: ApiErrorDetails): boolean {
  return mayHaveBeenAccepted === true && code !== '';
}

/** Says that a proxy wants a login (407). */
export function proxyLogin(name: string, l10n: L10n): DescribedError {
  return {
    message: l10n.t(
      'The proxy on the way to “{0}” wants a login (407); enter it when VS Code asks, or put user:password@ before the host in the setting “http.proxy”.',
      name,
    ),
    ...showing('http.proxy'),
  };
}

const unreachable: Describe = (name, l10n) => ({
  message: l10n.t('“{0}” cannot be reached; check the URL, the network and the proxy, then ask again.', name),
  action: 'retry',
});

const broken: Describe = (name, l10n) => ({
  message: l10n.t(
    'The connection to “{0}” broke before an answer came; the server may have what was sent all the same. Check the network, then ask again.',
    name,
  ),
  action: 'retry',
});

const unknownName: Describe = (name, l10n) => ({
  message: l10n.t(
    'The host in the URL of “{0}” is not found; check the URL and the network, or set “http.proxy” if only a proxy leads there.',
    name,
  ),
  action: 'retry',
});

const refused: Describe = (name, l10n, { url }) => {
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  const message =
    address !== undefined && isLoopback(address)
      ? l10n.t(
          'No server for “{0}” runs at {1}; start it, or correct the port in the URL.',
          name,
          escapeMarkdown(address.host),
        )
      : l10n.t(
          'The host of “{0}” takes no connection on this port; check the URL and whether the server runs.',
          name,
        );
  return { message, action: 'retry' };
};

const noTls: Describe = (name, l10n) => ({
  message: l10n.t(
    'What answers at the URL of “{0}” does not speak https; correct the port, or begin the URL with http: for a server on this machine.',
    name,
  ),
  action: 'openSettings',
});

const noHttp: Describe = (name, l10n) => ({
  message: l10n.t(
    'What answers at the URL of “{0}” does not speak http; correct the port, or begin the URL with https:.',
    name,
  ),
  action: 'openSettings',
});

const untrustedIssuer: Describe = (name, l10n) => ({
  message: l10n.t(
    'The certificate of “{0}” comes from an authority that is not trusted here, such as a company’s own; install the authority’s certificate in the operating system, keep the setting “http.systemCertificates” on and reload the window.',
    name,
  ),
  ...showing('http.systemCertificates'),
});

const incompleteChain: Describe = (name, l10n) => ({
  message: l10n.t(
    'Who signed the certificate of “{0}” is not known here; install the authority’s certificate in the operating system, keep the setting “http.systemCertificates” on and reload the window, or let the server send its intermediate certificates.',
    name,
  ),
  ...showing('http.systemCertificates'),
});

const selfSigned: Describe = (name, l10n) => ({
  message: l10n.t(
    '“{0}” shows a certificate that it signed itself; install that certificate in the operating system, keep the setting “http.systemCertificates” on and reload the window.',
    name,
  ),
  ...showing('http.systemCertificates'),
});

const expired: Describe = (name, l10n) => ({
  message: l10n.t(
    'The certificate of “{0}” has expired; let whoever runs the server renew it, or correct the clock of this machine.',
    name,
  ),
  action: 'retry',
});

const notYetValid: Describe = (name, l10n) => ({
  message: l10n.t('The certificate of “{0}” is not valid yet; correct the clock of this machine.', name),
  action: 'retry',
});

const otherName: Describe = (name, l10n) => ({
  message: l10n.t(
    'The certificate of “{0}” is for another host; use the host that it names in the URL, or let whoever runs the server correct it.',
    name,
  ),
  action: 'openSettings',
});

const badCertificate: Describe = (name, l10n) => ({
  message: l10n.t(
    'The certificate of “{0}” is not accepted; let whoever runs the server or the proxy correct it.',
    name,
  ),
  action: 'retry',
});

const noProxy: Describe = (name, l10n) => ({
  message: l10n.t(
    'The proxy on the way to “{0}” cannot be reached; check the setting “http.proxy” and the network.',
    name,
  ),
  ...showing('http.proxy'),
});

const proxyRefuses: Describe = (name, l10n, { status = 0 }) =>
  status === 407
    ? proxyLogin(name, l10n)
    : {
        message: l10n.t(
          'The proxy does not connect to “{0}” ({1}); check the URL, let whoever runs the proxy allow the host, or add it to the setting “http.noProxy” if no proxy is needed.',
          name,
          status,
        ),
        ...showing('http.noProxy'),
      };

/** By the codes of Node and OpenSSL. */
const byCode: Readonly<Record<string, Describe>> = {
  CERT_HAS_EXPIRED: expired,
  CERT_NOT_YET_VALID: notYetValid,
  CERT_UNTRUSTED: untrustedIssuer,
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  EAI_AGAIN: unknownName,
  ECONNREFUSED: refused,
  ENOTFOUND: unknownName,
  EPROTO: noTls,
  ERR_PROXY_CONNECTION_FAILED: noProxy,
  ERR_PROXY_TUNNEL: proxyRefuses,
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  HOSTNAME_MISMATCH: otherName,
  SELF_SIGNED_CERT_IN_CHAIN: untrustedIssuer,
  UNABLE_TO_GET_ISSUER_CERT: untrustedIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrustedIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: incompleteChain,
};

const families: readonly (readonly [RegExp, Describe])[] = [
  [/^(?:CERT_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/, badCertificate],
  [/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/, noTls],
  [/^HPE_/, noHttp],
];

function showing(setting: string): Pick<DescribedError, 'action' | 'setting'> {
  return { action: 'openSettings', setting };
}
