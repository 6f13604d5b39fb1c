import {
  anything,
  flag,
  matching,
  object,
  recordOf,
  stringOr,
  text,
  textOrArrayOf,
  oneOf,
  variant,
} from './checks.ts';

/** `type` and fields of each kind of content part (wire contract D1). */
export const partKinds = {
  text: [{ text: text() }, { prompt_cache_breakpoint: anything }],
  image_url: [
    {
      image_url: object(
        {
          url: matching(
            /^(https:\/\/|data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$)/,
            'an https URL or a base64 data URL of an image',
          ),
        },
        { detail: oneOf('auto', 'low', 'high') },
      ),
    },
    { prompt_cache_breakpoint: anything },
  ],
  input_audio: [
    { input_audio: object({ data: text(), format: oneOf('wav', 'mp3') }) },
    { prompt_cache_breakpoint: anything },
  ],
  file: [
    { file: object({}, { file_data: text(), file_id: text(), filename: text() }) },
    { prompt_cache_breakpoint: anything },
  ],
  refusal: [{ refusal: text() }],
} as const;

/** Content that is a string or text parts. */
export const textContent = textOrArrayOf(variant('type', { text: partKinds.text }), 1);

const functionName = matching(/^[a-zA-Z0-9_-]{1,64}$/, '1 to 64 letters, digits, _ or -');
const namedFunction = { function: object({ name: functionName }) };

/** `type` and fields of a tool call in an assistant's message. */
export const functionCallKind = [
  { id: text(), function: object({ name: functionName, arguments: text() }) },
] as const;

/** `type` and fields of a function among the tools; only `name` is required (wire contract D1). */
export const functionToolKind = [
  {
    function: object(
      { name: functionName },
      { description: text(), parameters: recordOf(anything), strict: flag },
    ),
  },
] as const;

/** `function_call` and `functions`, which tools have replaced. */
export const functionCallChoice = stringOr(oneOf('none', 'auto'), object({ name: functionName }));
export const oldFunction = object(
  { name: functionName },
  { description: text(), parameters: recordOf(anything) },
);
export const oldFunctionCall = object({ name: functionName, arguments: text() });

/** `type` and fields of a `tool_choice` that names a function. */
export const functionChoiceKind = [namedFunction] as const;

/** `response_format` (wire contract D1). */
export const responseFormat = variant('type', {
  text: [{}],
  json_object: [{}],
  json_schema: [
    {
      json_schema: object(
        { name: functionName },
        { description: text(), schema: recordOf(anything), strict: flag },
      ),
    },
  ],
});
