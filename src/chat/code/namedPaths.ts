import type { CodeBlock } from './codeBlock.ts';
import { linesOf } from './codeBlock.ts';
import { diffFiles } from './unifiedDiff.ts';

/** Where a block of code says which file it is for. */
export interface NamedPaths {
  /** `info` and `diff` are meant for this; a comment or the text above may name a file for another reason. */
  readonly source: 'info' | 'diff' | 'comment' | 'above';
  /** As they are written, with `/` between the names, without repetitions. */
  readonly paths: readonly string[];
}

const longestPath = 300;
const attribute =
  /(?:^|[\s{,])(?:title|file|filename|filepath|path)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"',}]+))/i;
const afterLanguage = /^\s*(?:\d+:\d+:|[\w+#.-]*:(?:\d+:\d+:)?)(\S+)/;
const comment =
  /^\s*(?:\/\/|#(?!!)|--|;|%|\/\*|<!--)\s*(?:(?:file|filename|filepath|path)\s*:)?\s*([^\s:*]+)\s*(?:\*\/|-->)?\s*$/i;
const extension = /[^/.]\.[A-Za-z][\w+-]{0,11}$/;
const bareNames =
  /(?:^|\/)(?:Dockerfile|Containerfile|Makefile|Gemfile|Rakefile|Procfile|Jenkinsfile|\.[A-Za-z][\w.-]*)$/;

/** The files that a block names; undefined if none. */
export function namedPaths(block: CodeBlock): NamedPaths | undefined {
  const { code, info } = block;
  return (
    found('info', [pathOfInfo(info)]) ??
    found('diff', diffFiles(code)) ??
    found('comment', [pathOfComment(code)]) ??
    found('above', pathsAbove(block.before))
  );
}

/** The code without a first line that only names the file. */
export function withoutPathComment(code: string): string {
  if (pathOfComment(code) === undefined) return code;
  return linesOf(code).slice(1).join('\n').replace(/^\n/, '');
}

function found(source: NamedPaths['source'], paths: readonly (string | undefined)[]): NamedPaths | undefined {
  const clean = paths.map((path) => (path === undefined ? undefined : cleanPath(path)));
  const named = [...new Set(clean.filter((path) => path !== undefined))];
  return named.length === 0 ? undefined : { source, paths: named };
}

function pathOfInfo(info: string): string | undefined {
  const [, double, single, bare] = attribute.exec(info) ?? [];
  const given = double ?? single ?? bare ?? afterLanguage.exec(info)?.[1];
  if (given !== undefined) return given;
  return info.split(/\s+/).find((word) => /[/.]/.test(word) && isPath(word));
}

function pathOfComment(code: string): string | undefined {
  const path = comment.exec(linesOf(code.slice(0, 1000))[0] ?? '')?.[1];
  return path !== undefined && isPath(path) ? path : undefined;
}

/** In the paragraph right above the block, the last line first. */
function pathsAbove(before: string): string[] {
  const lines = linesOf(before).map((line) => line.replace(/^[\s>]+/, ''));
  const end = lines.findLastIndex((line) => line !== '');
  const start = lines.lastIndexOf('', end) + 1;
  // Below another block of code, that is no text about this one.
  if (end < 0 || /^(?:`{3}|~{3})/.test(lines[end] ?? '')) return [];
  return lines
    .slice(start, end + 1)
    .toReversed()
    .flatMap((line) => {
      const marked = [...line.matchAll(/`([^`]+)`|\*\*([^*`]+)\*\*/g)].map(
        ([, code, bold]) => code ?? bold ?? '',
      );
      const bare = line.replace(/`[^`]*`/g, ' ').match(/(?<![\w/:.])[\w@.-]+(?:\/[\w@.-]+)+/g) ?? [];
      const heading = /^#{1,6}\s+(\S+)\s*:?$/.exec(line)?.[1]?.replace(/:$/, '');
      return [...marked, ...bare, heading ?? ''].filter(isPath);
    });
}

function isPath(text: string): boolean {
  if (text.length > longestPath || /[\s<>|?*"`;,()[\]{}=]|:\/\//.test(text)) return false;
  return extension.test(text) || bareNames.test(text);
}

/** Undefined for what cannot be a path, or leads upwards. */
function cleanPath(text: string): string | undefined {
  const path = text
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (path === '' || path.length > longestPath || /\p{C}|:\/\/|[<>|?*"]/u.test(path)) return undefined;
  const names = path.split('/');
  return names.includes('..') || names.at(-1) === '' ? undefined : path;
}
