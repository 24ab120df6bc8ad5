import { buildConfig } from 'payload'
import { postgresAdapter } from '@payloadcms/db-postgres'
const pub = { read: () => true }
export default buildConfig({
  secret: 'x'.repeat(32), telemetry: false,
  db: postgresAdapter({ pool: { connectionString: process.env.DATABASE_URI, max: 10 }, push: true }),
  graphQL: { disablePlaygroundInProduction: false, maxComplexity: 100000 },
  collections: [
    { slug: 'campaigns', access: pub, fields: [{name:'title',type:'text'},{name:'slug',type:'text',index:true},{name:'startYear',type:'number'},{name:'endYear',type:'number'}] },
    { slug: 'articles', access: pub, fields: [{name:'title',type:'text'},{name:'slug',type:'text',index:true,unique:true},{name:'date',type:'date',index:true},{name:'author',type:'text'},{name:'source',type:'text'},{name:'summary',type:'textarea'},{name:'body',type:'textarea'},{name:'campaign',type:'relationship',relationTo:'campaigns'}] },
    { slug: 'zones', access: pub, fields: [{name:'name',type:'text'},{name:'slug',type:'text'},{name:'areaHa',type:'number'},{name:'occupancy',type:'number'},{name:'lat',type:'number'},{name:'lng',type:'number'},{name:'boundary',type:'json'}] },
    { slug: 'polls', access: pub, fields: [{name:'question',type:'text'},{name:'options',type:'array',fields:[{name:'text',type:'text'},{name:'votes',type:'number'}]}] },
  ],
})
