/** Short words for the texts that replies need. */
export const replyTexts = {
  copyCode: 'Copy',
  insertCode: 'Insert',
  applyCode: 'Apply',
  newFile: 'New File',
  runCode: 'Run',
  more: 'More',
  picture: 'Picture: {0}',
  code: 'Code: {0}',
  restIsPlain: 'The rest is plain.',
};
