// What the bench needs of React, whose own types are a package more.
declare module 'react' {
  export function createElement(type: unknown, props: null, ...children: string[]): object;
}
declare module 'react-dom' {
  export function flushSync(work: () => void): void;
}
declare module 'react-dom/client' {
  export function createRoot(place: Element): { render(element: object): void; unmount(): void };
}
