import { literalPrompt } from '../../chat/quickPrompts/promptTemplate.ts';
import type { PromptTarget, QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { cleanName, plainText } from '../../chat/untrusted.ts';

/** A question that a person typed, as a prompt; about the selection if there is one. */
export function typedQuestion(text: string, target: PromptTarget, hasSelection: boolean): QuickPrompt {
  const parts = [
    literalPrompt(text),
    ...(hasSelection ? ['This is about ${selection}.'] : []),
    ...(target === 'insert' ? [onlyCode] : []),
  ];
  const name = plainText(cleanName(text, 80));
  return {
    id: `typed:${text}`,
    name,
    prompt: parts.join('\n\n'),
    target,
    ...(name !== text && { question: text }),
    origin: 'typed',
  };
}

const onlyCode =
  'The answer goes into the file where the cursor is: answer with one fenced code block and nothing else.';
