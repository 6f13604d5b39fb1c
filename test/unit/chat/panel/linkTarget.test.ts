import assert from 'node:assert/strict';
import { linkTarget } from '../../../../src/chat/panel/linkTarget.ts';

describe('a link in the panel', () => {
  for (const href of ['https://example.com/a?b=%2F#c', 'http://127.0.0.1:4180/', 'mailto:a@example.com']) {
    it(`is opened: ${href}`, () => assert.equal(linkTarget(href), href));
  }

  it('is opened as what it is, whatever it looks like', () => {
    assert.equal(linkTarget(' HTTPS://EXAMPLE.com\\@evil.example/ '), 'https://example.com/@evil.example/');
    assert.equal(linkTarget('https://аpple.com/'), 'https://xn--pple-43d.com/');
  });

  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,x',
    'command:workbench.action.terminal.new',
    'vscode://tachyon.tachyon-chat/x',
    'vscode-insiders://a/b',
    'file:///etc/passwd',
    'vscode-webview://x/',
    'blob:https://example.com/1',
    'ftp://example.com/',
    'about:blank',
    '//example.com/',
    'relative.md',
    '#anchor',
    '',
    'https://',
    'http://[',
  ]) {
    it(`is not opened: ${JSON.stringify(href)}`, () => assert.equal(linkTarget(href), undefined));
  }
});
