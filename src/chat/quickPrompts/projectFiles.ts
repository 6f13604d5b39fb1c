/** What is known of a project: paths below its workspace folder, with `/` between the names. */
export interface ProjectFiles {
  readonly paths: readonly string[];
  /** The text of a file; undefined if it cannot be read. */
  read(path: string): Promise<string | undefined>;
}

/** Where the tests of a file belong. */
export interface TestPlace {
  readonly framework: string;
  readonly path: string;
  /** The file is there already. */
  readonly exists: boolean;
  /** Another test of the project, to follow; missing where the file itself is there, or the project has none. */
  readonly example?: string;
  /** In words for a model, what more must be known. */
  readonly note?: string;
}
