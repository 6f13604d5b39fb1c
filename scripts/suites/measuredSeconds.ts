/** How long the runs of `npm test` take beside each other, by title: a long one that starts last runs on alone. */
export const measuredSeconds: Readonly<Record<string, number>> = {
  unit: 60,
  webview: 150,
  integration: 120,
};
