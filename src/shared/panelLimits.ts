/** Of a prompt and of a draft. All lengths of texts are in UTF-16 code units. */
export const longestPrompt = 1024 * 1024;

/** Of what goes into a box of one line, of a file's name and of what stands after three backticks. */
export const longestName = 200;

/** Of what is typed after `#` or `/`. */
export const longestQuery = 300;

/** Of the end of what stands above a block of code. */
export const longestBefore = 2000;

/** Of a file that is attached, in bytes: images, PDFs and sounds go out as base64. */
export const largestFile = 10 * 1024 * 1024;

/** Of addresses that are dropped at once. */
export const mostUris = 100;
