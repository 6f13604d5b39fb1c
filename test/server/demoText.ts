/** What the demo model knows when it writes an answer. */
export interface DemoQuestion {
  readonly model: string;
  readonly prompt: string;
  /** Earlier prompts of the conversation, oldest first. */
  readonly earlier: readonly string[];
  readonly images: number;
  readonly systemPrompts: number;
}

// One line per paragraph: some views show a line end within a paragraph as a line break.
const aboutChatrooms = `## What is a chatroom?

A **chatroom** is a conversation that is stored on the server, not in the editor. It has an id, a name, some metadata and an ordered list of messages.

- **The server keeps the history.** Each request carries only the new message; the model still sees all earlier turns.
- **It belongs to an operator.** Everybody whose key may act for that operator can open it, so it can be continued on another machine or in another client.
- **It outlives the editor.** Closing a window or reloading it changes nothing; deleting the chatroom does.

| Action | Request |
|---|---|
| make one | \`POST /v1/llms/chatrooms\` |
| ask in it | \`POST /v1/llms/chatrooms/{id}/chat/completions\` |
| read it | \`GET /v1/llms/chatrooms/{id}/messages\` |

In VS Code each conversation with \`@tachyon\` is bound to one chatroom.
`;

const aboutChatroomsInJapanese = `## チャットルームとは

**チャットルーム**は、エディターではなくサーバーに保存される会話です。ID、名前、メタデータ、そして順番に並んだメッセージを持ちます。

- **履歴はサーバーが保持します。** リクエストで送るのは新しいメッセージだけです。
- **オペレーターに属します。** 別のマシンや別のクライアントから会話を続けられます。
- **エディターを閉じても残ります。** 消えるのは、チャットルームを削除したときだけです。
`;

/** Markdown that shows what was asked; the same question always gets the same text. */
export function demoText(question: DemoQuestion): string {
  const turn = question.earlier.length + 1;
  return [answer(question), seen(question, turn), history(question.earlier)].filter(Boolean).join('\n');
}

function answer({ prompt }: DemoQuestion): string {
  if (/what(?:\s+is|['’]s) a chat ?room/i.test(prompt)) return aboutChatrooms;
  if (/チャットルームとは/.test(prompt)) return aboutChatroomsInJapanese;
  const quoted = cut(prompt, 2000)
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');
  return `You asked:\n\n${quoted}\n\nThis is the built-in demo model: it repeats the question and does not think.\n`;
}

function seen({ model, prompt, images, systemPrompts }: DemoQuestion, turn: number): string {
  const facts = [`model \`${model}\``, `${prompt.length} characters`];
  if (images > 0) facts.push(`${images} image(s)`);
  if (systemPrompts > 0) facts.push(`${systemPrompts} system message(s)`);
  return `**Turn ${turn}** · ${facts.join(' · ')}\n`;
}

function history(earlier: readonly string[]): string {
  if (earlier.length === 0) return '';
  const lines = earlier.map((prompt, index) => `${index + 1}. ${cut(prompt.replaceAll(/\s+/g, ' '), 100)}`);
  return `Earlier in this conversation you asked:\n\n${lines.join('\n')}\n`;
}

function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : text;
}
