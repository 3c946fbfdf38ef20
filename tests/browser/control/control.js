console.error('planted');
setTimeout(() => { throw new Error('planted'); }, 0);
