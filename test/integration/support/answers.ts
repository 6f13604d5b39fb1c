import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ProposedChanges } from '../../../src/host/code/proposedChanges.ts';
import type {
  AnswerEnding,
  AnswerPlace,
  AnswerSink,
  PlacedAnswer,
} from '../../../src/host/quickPrompts/answerSink.ts';
import { KeptAnswers } from '../../../src/host/quickPrompts/keptAnswers.ts';
import { AskedSelections } from '../../../src/host/quickPrompts/askedSelections.ts';
import { AnswerSinks, type SinkTarget } from '../../../src/host/quickPrompts/answerSinks.ts';
import type { StreamedText } from '../../../src/host/quickPrompts/sinks/streamedText.ts';
import { setAutoSave, tidyEditors } from './editors.ts';

/** The places of answers, and files for them. */
export interface AnswerPlaces {
  readonly changes: ProposedChanges;
  readonly sinks: AnswerSinks;
  /** The path of a file in the folder of the test. */
  readonly pathOf: (name: string) => string;
  /** Writes a file and shows it in an editor. */
  readonly open: (name: string, content: string) => Promise<vscode.TextEditor>;
  /** `editor`: what is selected there now is meant. */
  readonly place: (rest?: Partial<AnswerPlace> & { readonly editor?: vscode.TextEditor }) => AnswerPlace;
  /** Keeps the whole answer. */
  readonly keep: (at: AnswerPlace, text: string) => void;
  /** Puts a text in its place, a few characters at a time. */
  readonly put: (
    target: SinkTarget,
    text: string,
    at: AnswerPlace,
    ending?: AnswerEnding,
  ) => Promise<PlacedAnswer>;
}

/** Call in `describe`: makes the places before its tests and a folder before each, and tidies up after. */
export function useAnswerPlaces(): AnswerPlaces {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const changes = new ProposedChanges();
  const kept = new KeptAnswers();
  const platform = {
    environmentVariable: () => undefined,
    restrictToOwner: () => Promise.resolve(),
    realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
  };
  const values = new Map<string, unknown>();
  const state: vscode.Memento = {
    keys: () => [...values.keys()],
    get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
    update: async (key, value) => void values.set(key, value),
  };
  const sinks = new AnswerSinks(changes, platform, kept, state);
  const followed: AskedSelections[] = [];
  let folder = '';
  let count = 0;

  before(() => setAutoSave('off'));
  after(async () => {
    sinks.dispose();
    changes.dispose();
    await setAutoSave(undefined);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'answers-'));
  });
  afterEach(async () => {
    for (const selected of followed.splice(0)) selected.dispose();
    await tidyEditors();
    await rm(folder, { recursive: true });
  });

  return {
    changes,
    sinks,
    pathOf: (name) => join(folder, name),
    async open(name, content) {
      await writeFile(join(folder, name), content);
      return vscode.window.showTextDocument(vscode.Uri.file(join(folder, name)), { preview: false });
    },
    place({ editor, ...rest } = {}) {
      count += 1;
      const selected = editor && new AskedSelections(editor);
      if (selected) followed.push(selected);
      const said = { title: 'Explain *this*', asked: 'Explain\nthis' };
      return { id: `answer-${count}`, ...said, ...(selected && { selected }), ...rest };
    },
    keep({ id, title, asked }, text) {
      kept.begin(id, { title, asked, prompt: asked }).reply = text;
    },
    async put(target, text, at, ending = 'answered') {
      const sink = await sinks.open(target, at);
      pushAll(sink, text);
      const placed = await sink.end(ending);
      sink.dispose();
      return placed;
    },
  };
}

/** Pushes a text three characters at a time. */
export function pushAll(sink: AnswerSink, text: string): void {
  for (let at = 0; at < text.length; at += 3) sink.push(text.slice(at, at + 3));
}

/** Resolves when the document of a text is closed. */
export function goneFrom(stream: StreamedText): Promise<void> {
  return new Promise((resolve) => {
    stream.onDidChange(() => {
      if (stream.state === 'gone') resolve();
    });
  });
}
