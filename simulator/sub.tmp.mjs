import mqtt from 'mqtt';
const c = mqtt.connect(`mqtt://127.0.0.1:${process.argv[2]}`,{protocolVersion:Number(process.argv[3]??4),reconnectPeriod:0, clientId:'t'+process.pid});
const seen=new Map();
c.on('error',e=>console.log('ERR',e.message,e.code)); c.on('close',()=>console.log('closed'));
c.on('connect',()=>{console.log('connected');c.subscribe(['valtronics/#','$SYS/#'],{qos:1})});
c.on('message',(t,p,k)=>{const key=t.startsWith('$SYS')?t:t.replace(/\d{4}/,'N'); if(!seen.has(key))seen.set(key,`${k.qos}${k.retain?'r':''} ${p}`)});
setTimeout(()=>{for(const [k,v] of [...seen].sort())console.log(k,v.slice(0,160));process.exit()},Number(process.argv[4]??12)*1000);
