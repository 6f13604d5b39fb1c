/** A block of code as a model wrote it: untrusted. */
export interface CodeBlock {
  readonly code: string;
  /** What stands after the three backticks. */
  readonly info: string;
  /** The end of the text above the block. */
  readonly before: string;
}

/** Lines of a text, whatever ends them; a line end at the very end makes a last empty line. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
