import { cutText, isObject, jsonText, numberOf, textOf } from './json.ts';

/** What a provider says about its own failure. Untrusted text. */
export interface ProviderError {
  readonly code?: string;
  readonly message?: string;
  /** The field of the request that it is about. */
  readonly param?: string;
}

const messageLength = 500;

/** Reads an error body of any kind: JSON, an HTML page or plain text (wire contract B5, G4). */
export function readErrorBody(text: string): ProviderError {
  const body = text.trim();
  if (body.startsWith('{') || body.startsWith('[')) {
    try {
      return readErrorValue(JSON.parse(body));
    } catch {
      // Broken JSON is no sentence to show to a person.
      return {};
    }
  }
  if (body.startsWith('<')) {
    return describe(undefined, pageTitle(body));
  }
  return describe(undefined, body);
}

/**
 * Reads code and message of an error object, in the order `error.message`, `error`, `message`, `detail`
 * (wire contract G4). Where `error` is only a token beside a `message`, the message is the text for people and
 * the token at most the code (the 402 of wire contract B5).
 */
function readErrorValue(value: unknown): ProviderError {
  const body: unknown = Array.isArray(value) ? value[0] : value;
  if (!isObject(body)) {
    return describe(undefined, body);
  }
  const error = body['error'];
  if (isObject(error)) {
    const param = textOf(error['param']);
    return {
      ...describe(
        error['code'] ?? body['code'] ?? error['type'],
        error['message'] ?? body['message'] ?? body['detail'] ?? error,
      ),
      ...(param === undefined ? {} : { param: cutText(param, 100) }),
    };
  }
  if (typeof error === 'string' && error !== '') {
    if (textOf(body['message']) !== undefined) {
      return describe(body['code'] ?? error, body['message']);
    }
    // "VariantName: detail", as Tachyon's servers write their errors.
    const [, variant, detail] = /^([A-Z][A-Za-z]{2,63}): (.+)$/s.exec(error) ?? [];
    return describe(body['code'] ?? variant, detail ?? error);
  }
  return describe(body['code'], body['message'] ?? validationText(body['detail']));
}

/** Whether an event or a whole 200 reply tells an error (wire contract B6, F, G4). */
export function isErrorValue(value: unknown): boolean {
  const body: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return (
    isObject(body) &&
    (Boolean(body['error']) || body['object'] === 'error' || (body['type'] === 'error' && 'message' in body))
  );
}

function describe(code: unknown, message: unknown): ProviderError {
  const codeText = textOf(code) ?? numberOf(code)?.toString();
  const text =
    typeof message === 'string'
      ? message.trim()
      : message === undefined || message === null
        ? ''
        : jsonText(message);
  return {
    ...(codeText === undefined ? {} : { code: cutText(codeText, 100) }),
    ...(text === '' ? {} : { message: cutText(text, messageLength) }),
  };
}

/** FastAPI answers a 422 with a list of `{loc, msg}`. */
function validationText(detail: unknown): unknown {
  if (!Array.isArray(detail)) {
    return detail;
  }
  const messages = detail.map((item: unknown) => (isObject(item) ? textOf(item['msg']) : textOf(item)));
  return messages.every((message) => message !== undefined) ? messages.join('; ') : detail;
}

/** The text of a page's title; a gateway's page says nothing else worth reading. */
function pageTitle(html: string): string | undefined {
  const title = /<title[^<>]*>([^<]*)/i.exec(html)?.[1];
  return title?.replaceAll(/\s+/g, ' ').trim();
}
