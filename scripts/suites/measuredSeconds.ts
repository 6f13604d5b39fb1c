/** How long the runs of `npm test` take beside each other, by title: a long one that starts last runs on alone. */
export const measuredSeconds: Readonly<Record<string, number>> = {
  'e2e panel, panelCommands, codeBlocks': 250,
  'e2e errors, conversation, limits': 180,
  'e2e connections, signIn': 303,
  integration: 231,
  'e2e diagnose, endpoints': 213,
  'e2e workspaces': 145,
  'e2e recovery': 120,
  'e2e history': 110,
  'e2e attachments': 75,
  'e2e rooms': 72,
  'e2e webHost': 50,
  'e2e proxy': 46,
  'e2e otherModel': 31,
};
