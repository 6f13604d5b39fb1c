/** How long the runs of `npm test` take beside each other, by title: a long one that starts last runs on alone. */
export const measuredSeconds: Readonly<Record<string, number>> = {
  webview: 365,
  integration: 300,
  'e2e connections, signIn': 286,
  'e2e diagnose, endpoints': 193,
  'e2e panel, panelCommands, codeBlocks': 185,
  unit: 175,
  'e2e workspaces': 157,
  'e2e quickPrompts': 140,
  'e2e recovery': 122,
  'e2e errors, conversation, limits, faults': 180,
  'e2e rooms': 86,
  'e2e history': 83,
  'e2e attachments': 63,
  'e2e webHost': 40,
  'e2e proxy': 39,
  'e2e otherModel': 17,
};
