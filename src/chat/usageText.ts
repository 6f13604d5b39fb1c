import type { Price } from '../api/connection.ts';
import type { Usage } from '../api/wire.ts';
import type { L10n } from './l10n.ts';

/** What one answer took, as it is kept with its turn. */
export interface TurnUsage {
  readonly input: number;
  readonly output: number;
  readonly cost?: number;
  /** ISO 4217; missing: the provider told the cost in a currency of its own. */
  readonly currency?: string;
}

/**
 * Tokens and cost of an answer: the provider's own cost, else by the user's price per million tokens, else none.
 * `undefined` where the provider told only a sum.
 */
export function turnUsage(usage: Usage, price: Price | undefined): TurnUsage | undefined {
  const { prompt_tokens: input, completion_tokens: output, total_cost: told } = usage;
  if (input + output === 0 && usage.total_tokens > 0) return undefined;
  const tokens = { input, output };
  if (told !== undefined) return { ...tokens, cost: told };
  if (!price) return tokens;
  const cached = Math.min(usage.cache_read_input_tokens ?? 0, input);
  const cost =
    (input - cached) * price.input + cached * (price.cachedInput ?? price.input) + output * price.output;
  return { ...tokens, cost: cost / 1_000_000, currency: price.currency ?? 'USD' };
}

/** Tokens and cost of one answer; `?` where the provider told none. */
export function usageText(usage: TurnUsage | undefined, l10n: L10n): string {
  if (!usage) return l10n.t('{0} tokens', '?');
  return join([l10n.t('{0} → {1} tokens', count(usage.input), count(usage.output)), costText(usage, l10n)]);
}

/** The same for a whole conversation; answers of which nothing is known are told by a `?`. */
export function conversationUsageText(turns: readonly (TurnUsage | undefined)[], l10n: L10n): string {
  const known = turns.filter((turn) => turn !== undefined);
  const isWhole = known.length === turns.length;
  const tokens = known.reduce((sum, { input, output }) => sum + input + output, 0);
  const shown = known.length === 0 ? '?' : `${count(tokens)}${isWhole ? '' : ' + ?'}`;
  const currencies = new Set(known.map(({ currency }) => currency));
  const isPriced = isWhole && currencies.size === 1 && known.every(({ cost }) => cost !== undefined);
  const cost = isPriced ? known.reduce((sum, turn) => sum + (turn.cost ?? 0), 0) : undefined;
  const [currency] = currencies;
  return join([
    l10n.t('conversation: {0} tokens', shown),
    costText({ ...(cost !== undefined && { cost }), ...(currency !== undefined && { currency }) }, l10n),
  ]);
}

function costText({ cost, currency }: Pick<TurnUsage, 'cost' | 'currency'>, l10n: L10n): string {
  if (cost === undefined) return '';
  // Cents of large amounts, and three digits of tiny ones.
  const digits = { maximumSignificantDigits: 3, roundingPriority: 'morePrecision' } as const;
  return currency === undefined
    ? l10n.t('cost {0}', new Intl.NumberFormat('en', digits).format(cost))
    : new Intl.NumberFormat('en', { ...digits, style: 'currency', currency }).format(cost);
}

function count(tokens: number): string {
  return new Intl.NumberFormat('en').format(tokens);
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
