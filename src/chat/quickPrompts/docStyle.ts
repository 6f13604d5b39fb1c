/** By VS Code's language id, as the people of the language call it. */
const styles: Readonly<Record<string, string>> = {
  typescript: 'TSDoc comments (/** … */)',
  typescriptreact: 'TSDoc comments (/** … */)',
  javascript: 'JSDoc comments (/** … */)',
  javascriptreact: 'JSDoc comments (/** … */)',
  vue: 'JSDoc comments (/** … */)',
  svelte: 'JSDoc comments (/** … */)',
  python: 'PEP 257 docstrings',
  rust: 'rustdoc comments (/// …)',
  java: 'Javadoc comments (/** … */)',
  kotlin: 'KDoc comments (/** … */)',
  scala: 'Scaladoc comments (/** … */)',
  groovy: 'Groovydoc comments (/** … */)',
  go: 'Go doc comments, which begin with the name that they describe',
  csharp: 'XML documentation comments (/// <summary> …)',
  vb: "XML documentation comments (''' <summary> …)",
  fsharp: 'XML documentation comments (/// <summary> …)',
  c: 'Doxygen comments (/** … */)',
  cpp: 'Doxygen comments (/** … */)',
  'objective-c': 'HeaderDoc comments (/** … */)',
  swift: 'Swift documentation markup (/// …)',
  php: 'PHPDoc comments (/** … */)',
  ruby: 'YARD comments (# …)',
  elixir: '@doc and @moduledoc attributes',
  haskell: 'Haddock comments (-- | …)',
  julia: 'Julia docstrings',
  r: "roxygen2 comments (#' …)",
  lua: 'LDoc comments (--- …)',
  perl: 'POD',
  dart: 'dartdoc comments (/// …)',
  clojure: 'Clojure docstrings',
  powershell: 'comment-based help (<# … #>)',
  zig: 'Zig doc comments (/// …)',
};

/** How code of a language is documented, in words for a model; `language` is VS Code's id. */
export function docStyle(language: string): string {
  return Object.hasOwn(styles, language) ? (styles[language] ?? '') : 'the usual comments of the language';
}
