import type { HostileCase } from './case.ts';

const schemes = [
  'javascript',
  'data',
  'vbscript',
  'command',
  'vscode',
  'file',
  'vscode-insiders',
  'blob',
  'about',
];
const payloads: Readonly<Record<string, string>> = {
  data: 'data:text/html,<script>trap()</script>',
  command: 'command:workbench.action.terminal.sendSequence?%7B%7D',
  vscode: 'vscode://extension/install',
  'vscode-insiders': 'vscode-insiders://extension/install',
  file: 'file:///etc/passwd',
  blob: 'blob:https://example.com/1',
  about: 'about:blank',
};

const bySchemes: readonly HostileCase[] = schemes.flatMap((scheme) => {
  const target = payloads[scheme] ?? `${scheme}:trap()`;
  const encoded = scheme.replace(/./g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`);
  return [
    [`${scheme}: link`, `[a](${target})`],
    [`${scheme}: link with angle brackets`, `[a](<${target}>)`],
    [`${scheme}: autolink`, `<${target}>`],
    [`${scheme}: reference`, `[a][b]\n\n[b]: ${target}\n`],
    [`${scheme}: picture`, `![a](${target})`],
    [`${scheme}: in entities`, `[a](${encoded}${target.slice(scheme.length)})`],
    [`${scheme}: in capitals`, `[a](${scheme.toUpperCase()}${target.slice(scheme.length)})`],
    [`${scheme}: bare`, `text ${target} text`],
  ] as const;
});

/** Links and pictures that lead where none may, or not where they say. */
export const hostileLinks: readonly HostileCase[] = [
  ...bySchemes,
  ['javascript with a tab', '[a](java\tscript:trap())'],
  ['javascript with a tab entity', '[a](java&Tab;script:trap())'],
  ['javascript with a line end entity', '[a](java&NewLine;script:trap())'],
  ['javascript with a numeric line end', '[a](java&#10;script&colon;trap())'],
  ['javascript with a colon entity', '[a](javascript&colon;trap())'],
  ['javascript with a blank before it', '[a](<  javascript:trap()>)'],
  ['javascript with a control character', '[a](&#1;javascript:trap())'],
  ['javascript with a zero character', '[a](java\0script:trap())'],
  ['javascript with a hidden character', '[a](java\u200Bscript:trap())'],
  ['javascript with a soft hyphen', '[a](java\u00ADscript:trap())'],
  ['javascript with percent signs', '[a](javascript%3Atrap())'],
  ['javascript with backslashes', String.raw`[a](j\avascript\:trap\(\))`],
  ['javascript in full-width letters', '[a](ｊａｖａｓｃｒｉｐｔ:trap())'],
  ['javascript with a long s', '[a](java\u017Fcript:trap())'],
  ['javascript after a line end in a reference', '[a]\n\n[a]:\njavascript:trap()\n'],
  ['javascript with a comment', '[a](javascript://example.com/%0Atrap())'],
  ['javascript behind a picture', '[![a](OUTSIDE/x.png)](javascript:trap())'],
  ['javascript of the view source', '[a](view-source:javascript:trap())'],
  ['feed of javascript', '[a](feed:javascript:trap())'],
  ['data with base64', '[a](data:text/html;base64,PHNjcmlwdD50cmFwKCk8L3NjcmlwdD4=)'],
  ['data as a picture', '![a](data:image/svg+xml,<svg onload=trap()>)'],
  ['protocol-relative', '[a](//example.com/x) ![b](//example.com/y.png)'],
  [
    'protocol-relative with backslashes',
    String.raw`[a](\\\\example.com/x) [b](/\\example.com) [c](https:\\\\example.com)`,
  ],
  ['relative', '[a](x.ts) [b](/etc/passwd) [c](../../x) [d](#top) [e](?x=1) [f]()'],
  ['Windows path', '[a](C:/Windows/system32/calc.exe) [b](<\\\\server\\share>)'],
  [
    'other schemes',
    '[a](ms-settings:x) [b](ssh://x) [c](tel:1) [d](sms:1) [e](ftp://x/y) [f](ws://x) [g](intent://x)',
  ],
  ['scheme without slashes', '[a](http:OUTSIDE) [b](https:example.com) [c](http:/example.com)'],
  [
    'address that is none',
    '[a](http://) [b](https://%) [c](http://[::1) [d](http://a b) [e](https://ex ample.com)',
  ],
  ['remote picture', '![a](OUTSIDE/x.png)'],
  ['remote picture as a reference', '![a][b]\n\n[b]: OUTSIDE/x.png\n'],
  ['remote picture in a link', '[![a](OUTSIDE/x.png)](OUTSIDE/y)'],
  ['remote picture in a table', '| ![a](OUTSIDE/x.png) |\n|---|\n| ![b](OUTSIDE/y.png) |\n'],
  ['remote picture in a heading', '# ![a](OUTSIDE/x.png)\n\n> - ![b](OUTSIDE/y.png)\n'],
  ['remote picture with what it is to send', '![a](OUTSIDE/?secret=1234)'],
  ['picture in the description of a picture', '![![a](OUTSIDE/x.png)](OUTSIDE/y.png)'],
  ['link with a remote target', '[a](OUTSIDE/x) <OUTSIDE/y> OUTSIDE/z'],
  ['link that hides in a title', '[a](OUTSIDE/x "https://example.com/")'],
  ['link with a user name', '[a](https://github.com@example.com/) https://github.com:x@example.com/'],
  ['link that says another host', '[https://github.com/](https://example.com/)'],
  ['link with a host of other letters', '[a](https://gіthub.com/) https://аpple.com/'],
  ['link with a host in Punycode', '[a](https://xn--pple-43d.com/)'],
  ['link with a reordered text', '[\u202Emoc.buhtig\u202C](https://example.com/)'],
  [
    'link with a hidden target',
    '[](https://example.com/) [ ](https://example.com/) [\u200B](https://example.com/)',
  ],
  ['link with a very long target', `[a](https://example.com/${'x'.repeat(100_000)})`],
  ['mail with headers', '[a](mailto:a@example.com?bcc=b@example.com&body=x) [b](mailto:)'],
  ['mail that says another address', '[a@github.com](mailto:b@example.com)'],
  ['nested links', '[a [b](https://example.com/b) c](https://example.com/a)'],
  ['reference defined twice', '[a]\n\n[a]: https://example.com/1\n[a]: javascript:trap()\n'],
  [
    'reference with the name of a property',
    '[__proto__] [constructor]\n\n[__proto__]: OUTSIDE/1\n[constructor]: javascript:trap()\n',
  ],
  ['reference that is defined late', `[a]\n\n${'text\n\n'.repeat(50)}[a]: javascript:trap()\n`],
  ['footnote', 'a[^1]\n\n[^1]: javascript:trap()\n'],
  ['emphasis in an address', '[a](https://example.com/_a_*b*`c`)'],
  ['autolink with quotes', '<https://example.com/"onclick="trap()">'],
  ['autolink with javascript behind it', 'https://example.com/javascript:trap()'],
];
