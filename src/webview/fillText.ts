/** Puts the values in place of `{0}`, `{1}`, … of a text. */
export function fillText(text: string, ...values: (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
