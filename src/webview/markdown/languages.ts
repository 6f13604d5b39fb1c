import type { LanguageFn } from 'highlight.js';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import protobuf from 'highlight.js/lib/languages/protobuf';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

/** The languages that code is coloured in, with all names that fences give them. */
export const languages: readonly { readonly names: readonly string[]; readonly define: LanguageFn }[] = [
  { names: ['bash', 'sh', 'zsh', 'shell', 'shellscript'], define: bash },
  { names: ['c', 'h'], define: c },
  { names: ['cpp', 'c++', 'cc', 'hpp', 'cxx'], define: cpp },
  { names: ['csharp', 'cs', 'c#'], define: csharp },
  { names: ['css'], define: css },
  { names: ['dart'], define: dart },
  { names: ['diff', 'patch'], define: diff },
  { names: ['dockerfile', 'docker'], define: dockerfile },
  { names: ['go', 'golang'], define: go },
  { names: ['graphql', 'gql'], define: graphql },
  { names: ['ini', 'toml'], define: ini },
  { names: ['java'], define: java },
  { names: ['javascript', 'js', 'jsx', 'mjs', 'cjs'], define: javascript },
  { names: ['json', 'jsonc', 'json5', 'jsonl'], define: json },
  { names: ['kotlin', 'kt', 'kts'], define: kotlin },
  { names: ['lua'], define: lua },
  { names: ['makefile', 'make', 'mk'], define: makefile },
  { names: ['markdown', 'md'], define: markdown },
  { names: ['perl', 'pl'], define: perl },
  { names: ['php'], define: php },
  { names: ['powershell', 'ps1', 'pwsh', 'ps'], define: powershell },
  { names: ['protobuf', 'proto'], define: protobuf },
  { names: ['python', 'py', 'python3'], define: python },
  { names: ['r'], define: r },
  { names: ['ruby', 'rb'], define: ruby },
  { names: ['rust', 'rs'], define: rust },
  { names: ['scala'], define: scala },
  { names: ['scss', 'less', 'sass'], define: scss },
  { names: ['console', 'shellsession', 'terminal'], define: shell },
  { names: ['sql', 'mysql', 'postgres', 'postgresql', 'sqlite'], define: sql },
  { names: ['swift'], define: swift },
  { names: ['typescript', 'ts', 'tsx', 'mts', 'cts'], define: typescript },
  { names: ['xml', 'html', 'xhtml', 'svg', 'vue'], define: xml },
  { names: ['yaml', 'yml'], define: yaml },
];
