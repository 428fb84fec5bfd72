/** Whether a client said who its user is: MLflow's writes "unknown" where it was not told. */
export const knownUser = (userName: string): boolean => userName !== '' && userName !== 'unknown';
