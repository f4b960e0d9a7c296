/** Whether a host is this machine, by the two names that mean nothing else. */
export const isThisMachine = (host: string): boolean => host === '127.0.0.1' || host === 'localhost'
