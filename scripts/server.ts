// npm run server -- [options]: the local Tachyon-compatible server; --help tells the options.
await import('../test/server/main.ts');
