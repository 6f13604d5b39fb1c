/**
 * The folder with the storage of all workspaces, by the path of an extension's storage that belongs to none: VS Code keeps
 * the two side by side, except that a profile has its own of the latter only.
 */
export function workspaceStoragePath(globalStorage: string): string {
  const above = globalStorage.split('/').slice(0, -2);
  const user = above.at(-2) === 'profiles' ? above.slice(0, -2) : above;
  return [...user, 'workspaceStorage'].join('/');
}
