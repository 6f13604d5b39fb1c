const words =
  'the model reads a prompt and writes an answer with each token that follows from those before it so that people can read along while the rest is still on its way'.split(
    ' ',
  );
const code = [
  ['ts', 'export async function load(id: string): Promise<Item | undefined> {'],
  ['ts', '  const found = await store.get(`item/${id}`); // may be missing\n  return found ?? undefined;\n}'],
  ['py', 'def load(id: str) -> Item | None:\n    """Reads an item."""\n    return store.get(f"item/{id}")'],
  ['sh', 'for file in *.md; do\n  wc -c "$file" | tee -a sizes.txt\ndone'],
] as const;

/** An answer of about so many characters as models write them: the same for each run. */
export function longAnswer(length: number): string {
  let text = '';
  for (let section = 1; text.length < length; section += 1) {
    text += `## ${section}. ${sentence(section, 4)}\n\n`;
    for (let i = 0; i < 3; i += 1) text += `${paragraph(section * 7 + i)}\n\n`;
    text += `${Array.from({ length: 5 }, (_, i) => `- **${sentence(section + i, 2)}**: ${sentence(section * 3 + i, 12)}`).join('\n')}\n\n`;
    const [language, lines] = code[section % code.length] ?? code[0];
    text += `\`\`\`${language}\n${Array.from({ length: 6 }, () => lines).join('\n\n')}\n\`\`\`\n\n`;
    if (section % 3 === 0) {
      const row = (i: number): string => `| ${i} | \`${sentence(i, 1)}\` | ${sentence(section + i, 5)} |\n`;
      text += `| # | name | meaning |\n|--:|---|---|\n${Array.from({ length: 6 }, (_, i) => row(i)).join('')}\n`;
    }
  }
  return text.slice(0, length);
}

function paragraph(seed: number): string {
  return Array.from({ length: 4 }, (_, i) => {
    const text = sentence(seed * 5 + i, 14);
    if (i === 1) return `${text} with \`${sentence(seed, 1)}()\` and *${sentence(seed + 1, 2)}*.`;
    return i === 2 ? `${text}, as [the page](https://example.com/${seed}) says.` : `${text}.`;
  }).join(' ');
}

function sentence(seed: number, length: number): string {
  return Array.from({ length }, (_, i) => words[(seed * 31 + i * 7 + ((seed * i) % 11)) % words.length]).join(
    ' ',
  );
}
