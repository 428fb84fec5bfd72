// Loaded before the server and the workers: when the launcher was killed and nobody is left to stop them, they drain and go.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
