import { readSettings } from '../launch/settings.ts';
import { restoreBackup } from './read-backup.ts';

const [file] = process.argv.slice(2);
try {
  if (file === undefined) throw new Error('Say which file: npm run restore lemma-….backup');
  const settings = readSettings(process.env);
  const report = await restoreBackup(settings, file);
  console.log(`Restored what was there at ${report.madeAt}: ${report.tables} tables, ${report.artifacts} artifacts, into ${settings.dataFolder}.`);
  if (report.migrated.length > 0) console.log(`It came from an older version and was brought to this one (${report.migrated.join(', ')}).`);
  console.log(process.env['LEMMA_DATA'] ? `Start it with LEMMA_DATA=${process.env['LEMMA_DATA']} npm start.` : 'Start it with npm start.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
