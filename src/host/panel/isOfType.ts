import type { FromWebview } from '../../shared/panelMessages.ts';

/** Whether a message is of one of these types. */
export function isOfType<T extends FromWebview['type']>(
  message: FromWebview,
  types: readonly T[],
): message is Extract<FromWebview, { readonly type: T }> {
  return types.some((type) => type === message.type);
}
