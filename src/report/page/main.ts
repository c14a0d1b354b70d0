/**
 * The script of the report's page. It adds to drawings that are already there: values under the pointer, zoom over
 * all time charts, tables as files. Where it does not run, the page is as it was.
 */
import type { PageData } from '../page-data.js';
import { addDownloads } from './downloads.js';
import { addPlots } from './plots.js';

const island = document.getElementById('nb-data');
if (island !== null) {
  const data = JSON.parse(island.textContent) as PageData;
  addPlots(data);
  addDownloads(data);
}
