import * as vscode from 'vscode';
import { panelPolicy } from '../../shared/panelPolicy.ts';

/**
 * The page: a script and a style sheet, under a policy that lets nothing else run or load. Forms are switched off twice:
 * by the policy alone a submit leads the frame to an error page.
 */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, title: string): string {
  const folder = pageFolder(extensionUri);
  const uri = (name: string) => attribute(webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString());
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = panelPolicy(nonce, webview.cspSource);
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uri('panel.css')}">
<title>${attribute(title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${uri('panel.js')}"></script>
</body>
</html>
`;
}

/** What a webview of the panel may do. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    localResourceRoots: [pageFolder(extensionUri)],
  };
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** Where the page's files are. */
function pageFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}
