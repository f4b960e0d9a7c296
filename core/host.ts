/** Whether a host is this machine, by one of the two names that always mean it. */
export const isThisMachine = (host: string): boolean => host === '127.0.0.1' || host === 'localhost'
