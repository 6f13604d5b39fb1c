import * as vscode from 'vscode';
import type {
  ChatCompletionMessage,
  ChatCompletionTool,
  ContentPart,
  MessageToolCall,
  ToolMessage,
} from '../../api/wireRequest.ts';
import type { CallExtras } from '../../chat/callExtras.ts';
import { dataPart } from '../../chat/dataPart.ts';
import { joinUserMessages } from '../../chat/joinedMessages.ts';

/** VS Code's messages in OpenAI's shape; the dialects adapt them. `extras` go back with the calls they came with. */
export function toWireMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  extras: CallExtras,
): ChatCompletionMessage[] {
  const wire: ChatCompletionMessage[] = [];
  // Only a user's message holds pictures, sounds and files: what an answer showed goes with the next one.
  let shown: ContentPart[] = [];
  for (const message of messages) {
    const role: number = message.role;
    if (message.role === vscode.LanguageModelChatMessageRole.Assistant) {
      wire.push(...assistantMessage(message, extras));
      shown.push(...mediaOf('your answer', message.content));
    } else if (role === systemRole) {
      wire.push({ role: 'system', content: textOf(message.content) });
    } else {
      wire.push(...userMessages(message, shown));
      shown = [];
    }
  }
  return joinUserMessages(wire);
}

/** VS Code's own agent mode marks its instructions with this number, for which the stable API has no name. */
const systemRole = 3;

/** VS Code's tools in the wire's shape. Some servers refuse a function without a schema. */
export function toWireTools(tools: readonly vscode.LanguageModelChatTool[]): ChatCompletionTool[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: { type: 'object', properties: {}, ...inputSchema } },
  }));
}

function assistantMessage(
  message: vscode.LanguageModelChatRequestMessage,
  extras: CallExtras,
): ChatCompletionMessage[] {
  const calls = message.content
    .filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }): MessageToolCall => {
      const extra = extras.of(callId);
      return {
        id: callId,
        type: 'function',
        function: { name, arguments: JSON.stringify(input) },
        ...(extra !== undefined && { extra_content: extra }),
      };
    });
  const content = textOf(message.content);
  // What is left of a message that only held thoughts says nothing, and servers refuse it.
  if (content === '' && calls.length === 0) return [];
  return [{ role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) }];
}

function userMessages(
  message: vscode.LanguageModelChatRequestMessage,
  shown: readonly ContentPart[],
): ChatCompletionMessage[] {
  const results = message.content.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
  const answers = results.map(({ callId, content }): ToolMessage => {
    return { role: 'tool', tool_call_id: callId, content: textOf(content) };
  });
  const resultMedia = results.flatMap(({ callId, content }) => mediaOf(`the result of ${callId}`, content));
  const parts = [...shown, ...resultMedia, ...message.content.flatMap(contentPart)];
  if (parts.length === 0) return answers;
  const onlyText = parts.every((part) => part.type === 'text');
  return [...answers, { role: 'user', content: onlyText ? joinTexts(parts) : parts }];
}

/** What of the parts is no text, with a word for the model on where it is from. */
function mediaOf(source: string, parts: readonly unknown[]): ContentPart[] {
  const media = parts.flatMap(contentPart).filter(({ type }) => type !== 'text');
  return media.length === 0 ? [] : [{ type: 'text', text: `From ${source}:` }, ...media];
}

function contentPart(part: unknown): ContentPart[] {
  if (part instanceof vscode.LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  if (part instanceof vscode.LanguageModelPromptTsxPart) {
    return [{ type: 'text', text: JSON.stringify(part.value) ?? '' }];
  }
  if (!(part instanceof vscode.LanguageModelDataPart)) return [];
  const data = dataPart(part.mimeType, part.data);
  return data ? [data] : [];
}

/** Everything of a message that takes up the model's window, as text; for counting. */
export function countableText(parts: readonly unknown[]): string {
  return parts
    .map((part) => {
      if (part instanceof vscode.LanguageModelToolCallPart) return part.name + JSON.stringify(part.input);
      if (part instanceof vscode.LanguageModelToolResultPart) return countableText(part.content);
      return textOf([part]);
    })
    .join('');
}

/** How many of the parts, and of the parts of tool results, are pictures, sounds or files. */
export function mediaCount(parts: readonly unknown[]): number {
  const results = parts.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
  const shown = [...parts, ...results.flatMap(({ content }) => content)];
  return shown.flatMap(contentPart).filter(({ type }) => type !== 'text').length;
}

function textOf(parts: readonly unknown[]): string {
  return joinTexts(parts.flatMap(contentPart));
}

function joinTexts(parts: readonly ContentPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
