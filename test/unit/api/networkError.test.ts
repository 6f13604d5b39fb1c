import assert from 'node:assert/strict';
import { networkError } from '../../../src/api/networkError.ts';

function system(code: string, syscall?: string, message = `${syscall} ${code}`): Error {
  return Object.assign(new Error(message), { code, ...(syscall !== undefined && { syscall }) });
}

const badRecord = 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC';

describe('a request without a response', () => {
  const lostRoutes = ['EADDRNOTAVAIL', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH'];
  const rows: [name: string, cause: Error, mayHaveBeenAccepted: boolean][] = [
    ...[...lostRoutes, 'ECONNREFUSED', 'ETIMEDOUT'].flatMap((code): [string, Error, boolean][] => [
      [`${code} of a connection that was not made`, system(code, 'connect'), false],
      [`${code} of a connection that stood, read`, system(code, 'read'), true],
      [`${code} of a connection that stood, written`, system(code, 'write'), true],
      [`${code} of nobody knows what`, system(code), true],
      [
        `${code} of several addresses`,
        Object.assign(new AggregateError([system(code, 'connect'), system(code, 'connect')]), { code }),
        false,
      ],
    ]),
    ['no such name', system('ENOTFOUND', 'getaddrinfo'), false],
    ['a certificate', system('CERT_HAS_EXPIRED'), false],
    ['a certificate of another host', system('ERR_TLS_CERT_ALTNAME_INVALID'), false],
    ['no TLS', system('ERR_SSL_WRONG_VERSION_NUMBER'), false],
    ['no common version', system('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), false],
    ['no common cipher', system('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), false],
    [
      'no TLS, written',
      system('EPROTO', 'write', 'write EPROTO 1:error:0A:SSL::wrong version number:'),
      false,
    ],
    ['no TLS, to BoringSSL', system('EPROTO', 'write', 'error:1:SSL::WRONG_VERSION_NUMBER'), false],
    ['a record that was changed on its way', system(badRecord), true],
    [
      'an alert after the handshake',
      system('EPROTO', 'write', 'write EPROTO 1:error:0A:bad record mac'),
      true,
    ],
  ];
  for (const [name, cause, expected] of rows) {
    it(`${expected ? 'may have been accepted' : 'was certainly not'}: ${name}`, () => {
      const { details } = networkError(new TypeError('The request failed.', { cause }));
      assert.equal(details.mayHaveBeenAccepted, expected);
      assert.match(String(details.code), /^[A-Z]/);
    });
  }
});
