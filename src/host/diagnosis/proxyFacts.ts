import * as vscode from 'vscode';
import type { ProxyFacts } from '../../chat/diagnosisNetwork.ts';
import type { Platform } from '../platform.ts';

const settingNames = [
  'http.proxy',
  'http.proxySupport',
  'http.noProxy',
  'http.proxyStrictSSL',
  'http.systemCertificates',
] as const;
const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'] as const;

/** The settings and variables that decide how requests leave this host; those that are set. */
export function proxyFacts(platform: Pick<Platform, 'environmentVariable'>): ProxyFacts {
  const configuration = vscode.workspace.getConfiguration();
  const settings: Record<string, unknown> = {};
  for (const name of settingNames) {
    const { globalValue, workspaceValue } = configuration.inspect<unknown>(name) ?? {};
    const isSet = globalValue !== undefined || workspaceValue !== undefined;
    const value = configuration.get<unknown>(name);
    if (isSet && value !== '' && value !== null) settings[name] = value;
  }
  // A credential: that it is set is all there is to tell.
  if (configuration.get<unknown>('http.proxyAuthorization')) settings['http.proxyAuthorization'] = '***';
  const environment: Record<string, string> = {};
  for (const name of variables.flatMap((variable) => [variable, variable.toLowerCase()])) {
    const value = platform.environmentVariable(name);
    // A path tells the name of its owner.
    if (value) environment[name] = /^node_/i.test(name) ? '***' : value;
  }
  return { settings, environment };
}
