import * as vscode from 'vscode';
import type {
  ChatCompletionMessage,
  ChatCompletionTool,
  ContentPart,
  MessageToolCall,
} from '../../api/wire.ts';

/** VS Code's messages as Tachyon's chat completions take them: it has no `tool_call_id`, so results name their call. */
export function toWireMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
): ChatCompletionMessage[] {
  return messages.flatMap((message) =>
    message.role === vscode.LanguageModelChatMessageRole.Assistant
      ? [assistantMessage(message)]
      : userMessages(message),
  );
}

/** VS Code's tools in the wire's shape; `parameters.required` is mandatory there (wire contract A6). */
export function toWireTools(tools: readonly vscode.LanguageModelChatTool[]): ChatCompletionTool[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: {
      name,
      description,
      parameters: { type: 'object', properties: {}, required: [], ...inputSchema },
    },
  }));
}

function assistantMessage(message: vscode.LanguageModelChatRequestMessage): ChatCompletionMessage {
  const calls: MessageToolCall[] = message.content
    .filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }) => ({
      id: callId,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }));
  return {
    role: 'assistant',
    content: textOf(message.content),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function userMessages(message: vscode.LanguageModelChatRequestMessage): ChatCompletionMessage[] {
  const results = message.content
    .filter((part) => part instanceof vscode.LanguageModelToolResultPart)
    .map((part) => ({ role: 'tool', content: `[${part.callId}]\n${textOf(part.content)}` }));
  const parts = message.content.flatMap(contentPart);
  if (parts.length === 0) return results;
  const onlyText = parts.every((part) => part.type === 'text');
  const content = onlyText ? parts.map((part) => part.text ?? '').join('') : parts;
  return [...results, { role: 'user', content }];
}

function contentPart(part: unknown): ContentPart[] {
  if (part instanceof vscode.LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  if (!(part instanceof vscode.LanguageModelDataPart)) return [];
  if (part.mimeType.startsWith('image/')) {
    return [{ type: 'image_url', image_url: { url: dataUrl(part) } }];
  }
  const isText = part.mimeType.startsWith('text/') || part.mimeType.endsWith('json');
  return isText ? [{ type: 'text', text: new TextDecoder().decode(part.data) }] : [];
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

/** How many of the parts are images. */
export function imageCount(parts: readonly unknown[]): number {
  return parts.flatMap(contentPart).filter(({ type }) => type === 'image_url').length;
}

/** The text of a message's or a tool result's parts. */
function textOf(parts: readonly unknown[]): string {
  return parts
    .flatMap(contentPart)
    .map((part) => part.text ?? '')
    .join('');
}

function dataUrl(part: vscode.LanguageModelDataPart): string {
  const chunks: string[] = [];
  // In slices: a spread of a whole image would overflow the call stack.
  for (let at = 0; at < part.data.length; at += 8192) {
    chunks.push(String.fromCharCode(...part.data.subarray(at, at + 8192)));
  }
  return `data:${part.mimeType};base64,${btoa(chunks.join(''))}`;
}
