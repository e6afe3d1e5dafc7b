// Runs the command as its users do: its arguments come one by one.
process.argv.splice(2, 1, ...(JSON.parse(process.argv[2] ?? '[]') as string[]));
await import('./verify-export.main.js');
