import { readSettings } from '../launch/settings.ts';
import { writeBackup } from './write-backup.ts';

const now = new Date();
const file = process.argv[2] ?? `lemma-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.backup`;
try {
  const report = await writeBackup(readSettings(process.env), file, now);
  console.log(`${report.file}: ${report.tables} tables, ${report.artifacts} artifacts, ${(report.bytes / 1e6).toFixed(1)} MB. It holds the secret that signs sessions: keep it as you would a key.`);
  if (!report.artifactsIncluded) console.log('The artifacts are in the object store that ARTIFACT_URL names; back that up by its own means.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
