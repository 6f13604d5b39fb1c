import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import type { Platform } from '../../platform.ts';
import { isAtHand } from '../workspacePlace.ts';
import { editorInSight, rangeAttachment } from './editors.ts';

/** A symbol that can be attached. */
export interface FoundSymbol {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
}

type Listed = vscode.DocumentSymbol | vscode.SymbolInformation;

/** The symbols of the open file and of the workspace whose names hold a text; never rejects. */
export async function findSymbols(query: string, most: number): Promise<FoundSymbol[]> {
  const wanted = query.toLowerCase();
  const document = editorInSight()?.document;
  const [own, all] = await Promise.all([
    document ? symbolsOf(document.uri) : [],
    run<vscode.SymbolInformation>('vscode.executeWorkspaceSymbolProvider', query),
  ]);
  const fits = ({ name }: { readonly name: string }) => name.toLowerCase().includes(wanted);
  const others = all
    .filter(({ location }) => isAtHand(location.uri))
    .map(({ name, location }) => ({ name, uri: location.uri, range: location.range }));
  const found = [...own, ...others].filter(fits);
  const keyed = found.map(
    (symbol) => [`${symbol.name} ${symbol.uri.toString()} ${symbol.range.start.line}`, symbol] as const,
  );
  return [...new Map(keyed).values()].slice(0, most);
}

/** The text of a symbol, from its first line to its last. */
export async function symbolAttachment(
  { name, uri, range }: FoundSymbol,
  platform: Pick<Platform, 'realPath'>,
): Promise<NewAttachment | string> {
  const document = await vscode.workspace.openTextDocument(uri);
  // Some providers of workspace symbols give the place of the name only.
  const whole = (await symbolsOf(uri)).filter(
    (symbol) => symbol.name.startsWith(name.replace(/\(.*$/, '')) && symbol.range.contains(range.start),
  );
  const smallest = whole.toSorted((a, b) => lineCount(a.range) - lineCount(b.range))[0]?.range ?? range;
  const lines = new vscode.Range(smallest.start.line, 0, smallest.end.line, Number.MAX_SAFE_INTEGER);
  return rangeAttachment('symbol', document, document.validateRange(lines), platform);
}

/** The smallest symbol of a file around a range; undefined if no extension knows one. Never rejects. */
export async function enclosingSymbol(
  uri: vscode.Uri,
  range: vscode.Range,
): Promise<vscode.Range | undefined> {
  const around = (await symbolsOf(uri)).filter((symbol) => symbol.range.contains(range));
  return around.toSorted((a, b) => lineCount(a.range) - lineCount(b.range))[0]?.range;
}

async function symbolsOf(uri: vscode.Uri): Promise<FoundSymbol[]> {
  const listed = await run<Listed>('vscode.executeDocumentSymbolProvider', uri);
  const found: FoundSymbol[] = [];
  const add = (symbol: Listed) => {
    const range = 'location' in symbol ? symbol.location.range : symbol.range;
    found.push({ name: symbol.name, uri, range });
    if ('children' in symbol) symbol.children.forEach(add);
  };
  listed.forEach(add);
  return found;
}

async function run<T>(command: string, argument: unknown): Promise<readonly T[]> {
  try {
    return (await vscode.commands.executeCommand<readonly T[] | undefined>(command, argument)) ?? [];
  } catch {
    // A provider of another extension failed.
    return [];
  }
}

function lineCount({ start, end }: vscode.Range): number {
  return end.line - start.line;
}
