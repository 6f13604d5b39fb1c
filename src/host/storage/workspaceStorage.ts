/**
 * The folder with the storage of all workspaces, by the path of an extension's storage that belongs to none: VS Code keeps
 * the two side by side, except that a profile has its own of the latter only.
 */
export function workspaceStoragePath(globalStorage: string): string {
  const above = globalStorage.split('/').slice(0, -2);
  const user = above.at(-2) === 'profiles' ? above.slice(0, -2) : above;
  return [...user, 'workspaceStorage'].join('/');
}

/**
 * The path of the folder that all windows on a workspace share. VS Code gives the second window a folder of its own,
 * `<id>-1`, since it cannot know that ours takes several writers; turns and drafts of one window would be unknown in
 * the other. Ids of workspaces are hexadecimal, with a sign in the browser.
 */
export function sharedStoragePath(own: string): string {
  return own.replace(/\/(-?[0-9a-f]{5,})-[1-9](?=\/[^/]+\/?$)/, '/$1');
}
