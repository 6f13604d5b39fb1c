/** VS Code's ids of languages that fences call otherwise. */
const ids: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bash: 'shellscript',
    'c#': 'csharp',
    'c++': 'cpp',
    cc: 'cpp',
    cjs: 'javascript',
    console: 'shellscript',
    cs: 'csharp',
    cts: 'typescript',
    docker: 'dockerfile',
    golang: 'go',
    h: 'c',
    hpp: 'cpp',
    htm: 'html',
    js: 'javascript',
    jsx: 'javascriptreact',
    kt: 'kotlin',
    make: 'makefile',
    md: 'markdown',
    mjs: 'javascript',
    mts: 'typescript',
    patch: 'diff',
    ps: 'powershell',
    ps1: 'powershell',
    pwsh: 'powershell',
    py: 'python',
    python3: 'python',
    rb: 'ruby',
    rs: 'rust',
    sh: 'shellscript',
    shell: 'shellscript',
    svg: 'xml',
    text: 'plaintext',
    ts: 'typescript',
    tsx: 'typescriptreact',
    txt: 'plaintext',
    yml: 'yaml',
    zsh: 'shellscript',
  }),
);

/** The language that a fence names, as VS Code calls it; `plaintext` if it names none. */
export function codeLanguage(info: string): string {
  const name = /^\s*\{?\.?([\w+#-]{1,30})(?=$|[\s:,{}])/.exec(info)?.[1]?.toLowerCase();
  return name === undefined ? 'plaintext' : (ids.get(name) ?? name);
}
