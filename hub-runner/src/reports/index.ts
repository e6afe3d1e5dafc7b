export { createReports, type Report, type Reports } from './reports.js';
