/** How long the runs of `npm test` take beside each other, by title: a long one that starts last runs on alone. */
export const measuredSeconds: Readonly<Record<string, number>> = {
  'e2e errors, conversation, panel, limits': 290,
  'e2e connections, signIn': 255,
  'e2e history, recovery': 240,
  'e2e diagnose, endpoints': 240,
  'e2e workspaces': 170,
  webview: 130,
  integration: 120,
  'e2e attachments': 90,
  unit: 75,
  'e2e rooms': 72,
  'e2e codeBlocks': 70,
  'e2e panelCommands': 60,
  'e2e webHost': 50,
  'e2e proxy': 46,
  'e2e otherModel': 31,
};
