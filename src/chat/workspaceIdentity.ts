import { sha256Hex } from './fingerprint.ts';

/**
 * `host/path` of a git remote: the same for the ssh, scp and https forms of one repository, without user info,
 * port, `.git` and trailing slash. Undefined for a path on this machine, which says nothing elsewhere.
 */
export function normaliseGitRemote(url: string): string | undefined {
  const text = url.trim();
  const scp = /^(?:[^@/\s]+@)?(\[[^\]]+\]|[^:/\s]{2,}):(?!\/\/)(.+)$/.exec(text);
  const parsed = scp ? { host: scp[1] ?? '', path: scp[2] ?? '' } : parseUrl(text);
  if (!parsed?.host) return undefined;
  const path = parsed.path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/')
    .replace(/\.git$/i, '');
  return path === '' ? undefined : `${parsed.host.toLowerCase()}/${path}`;
}

function parseUrl(text: string): { host: string; path: string } | undefined {
  if (!/^(?:ssh|git|https?|git\+ssh|git\+https|ftps?):\/\//i.test(text) || !URL.canParse(text))
    return undefined;
  const url = new URL(text);
  return { host: url.hostname, path: safeDecode(url.pathname) };
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Groups the rooms of one repository: SHA-256 of the operator's id and the normalised remote, hex. Throws a
 * `TypeError` for a path on this machine: its hash could be guessed.
 */
export async function workspaceId(operatorId: string, remote: string): Promise<string> {
  const normalised = normaliseGitRemote(remote);
  if (normalised === undefined) throw new TypeError('The remote is not a network address.');
  return sha256Hex(`${operatorId}\n${normalised}`);
}

/** The URL of `origin`, else of the first remote, in the text of a `.git/config`; paths of this machine do not count. */
export function parseGitConfigRemote(text: string): string | undefined {
  const urls = new Map<string, string>();
  let remote: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*([^\s"\]]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (section) remote = section[1]?.toLowerCase() === 'remote' ? (section[2] ?? '') : undefined;
    const value = /(?:^|\])\s*url\s*=\s*(.*)$/i.exec(line)?.[1];
    if (remote === undefined || !value || urls.has(remote)) continue;
    const url = unquote(value);
    if (normaliseGitRemote(url) !== undefined) urls.set(remote, url);
  }
  return urls.get('origin') ?? urls.values().next().value;
}

/** Git's values may be quoted and end with a comment after a blank. */
function unquote(value: string): string {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
  return quoted === undefined ? value.replace(/\s[#;].*$/, '').trim() : quoted.replace(/\\(.)/g, '$1');
}

/** Where the `.git` file of a worktree or submodule points. */
export function parseGitFile(text: string): string | undefined {
  return /^gitdir:[ \t]*(.+?)\s*$/m.exec(text)?.[1];
}

/** The path in a worktree's `commondir` file, relative to the worktree's git directory. */
export function parseCommonDir(text: string): string {
  return text.trim() || '.';
}
