/** The place, or the one before it if a character of two halves stands there. */
export function safeCut(text: string, place: number): number {
  const before = text.charCodeAt(place - 1);
  return place < text.length && before >= 0xd800 && before < 0xdc00 ? place - 1 : place;
}
