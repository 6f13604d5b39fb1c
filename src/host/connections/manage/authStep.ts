import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { isAuth } from '../../../chat/headerEntry.ts';
import { cleanLabel } from '../../../chat/untrusted.ts';
import { showInput, showPick } from '../quickSteps.ts';
import { writeFields } from './writeFields.ts';

type AuthItem = vscode.QuickPickItem & { readonly auth: 'bearer' | 'header' | 'none' };

/** How a connection's key goes out, in a few words. */
export function authText({ auth = 'bearer' }: Connection): string {
  if (auth === 'none') return vscode.l10n.t('not at all');
  return auth === 'bearer' ? vscode.l10n.t('as a bearer token') : cleanLabel(auth.header, 40);
}

/** Lets a person choose how the key goes out: as a bearer token, in a header such as Azure's, or not at all. */
export async function changeAuth({ name, auth }: Connection): Promise<string> {
  const items: AuthItem[] = [
    { label: vscode.l10n.t('As a Bearer Token'), description: 'Authorization: Bearer …', auth: 'bearer' },
    { label: vscode.l10n.t('In a Header…'), description: 'api-key: …', auth: 'header' },
    { label: vscode.l10n.t('Not at All'), auth: 'none' },
  ];
  const current = typeof auth === 'object' ? 'header' : auth;
  const picked = await showPick<AuthItem>({
    title: vscode.l10n.t('How the Key of {0} Goes Out', name),
    hasBack: true,
    items,
    active: items.find((item) => item.auth === current),
  });
  if (typeof picked !== 'object') return name;
  if (picked.auth !== 'header') {
    await writeFields(name, { auth: picked.auth === 'bearer' ? undefined : 'none' });
    return name;
  }
  const header = await showInput({
    title: vscode.l10n.t('How the Key of {0} Goes Out', name),
    prompt: vscode.l10n.t('Name of the header'),
    value: typeof auth === 'object' ? auth.header : 'api-key',
    hasBack: true,
    problem: (text) =>
      isAuth({ header: text.trim() }) ? undefined : vscode.l10n.t('This is not the name of an HTTP header.'),
    accept: (text) => text.trim(),
  });
  if (typeof header === 'string') await writeFields(name, { auth: { header } });
  return name;
}
