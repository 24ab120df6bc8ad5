module.exports = () => ({ connection: { client: 'postgres', connection: { connectionString: process.env.DATABASE_URI }, pool: { min: 2, max: 10 } } });
